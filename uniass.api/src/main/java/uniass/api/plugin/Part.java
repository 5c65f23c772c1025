package uniass.api.plugin;

import java.util.List;

/**
 * What every plug-in has in common. A plug-in is one DS component with prototype scope, so that
 * each run owns its instances, and carries {@link Plugin}.
 */
public interface Part {

  /** Declares the settings that an experiment may give to this part; none by default. */
  default List<Setting> settings() {
    return List.of();
  }
}
