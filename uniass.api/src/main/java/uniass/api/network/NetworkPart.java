package uniass.api.network;

import java.util.List;
import uniass.api.plugin.Part;
import uniass.api.plugin.Settings;

/** What the parts of the network have in common. */
public interface NetworkPart extends Part {

  /**
   * Says why this part cannot work with these sizes, before anything is built.
   *
   * @return one line per reason, empty if it can
   */
  default List<String> refusals(NetworkShape shape, Settings settings) {
    return List.of();
  }
}
