/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.plugin;

import java.util.List;

/**
 * What every plug-in has in common. A plug-in is one DS component with prototype scope, so that
 * each run owns its instances, registered under its contract and named by {@link Plugin}.
 */
public interface Part {

  /** Declares the settings that an experiment may give to this plug-in; none by default. */
  default List<Setting> settings() {
    return List.of();
  }

  /**
   * Names the settings that stand beside this plug-in in an experiment and mean nothing with it, as
   * {@code pixel-decoder} for a network that has none. An experiment that gives one is refused.
   */
  default List<String> excludes() {
    return List.of();
  }
}
