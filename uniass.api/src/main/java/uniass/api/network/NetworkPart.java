/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.Part;
import uniass.api.plugin.Settings;

/**
 * What the plug-ins of the network have in common. Each is a factory: {@code create(scope, shape,
 * settings)} puts its parameters into a scope and returns the built layer. Parameters have names,
 * are trained by the optimizer and saved in checkpoints, whichever plug-in owns them.
 */
@ConsumerType
public interface NetworkPart extends Part {

  /**
   * Says why this plug-in cannot work with these sizes, before anything is built.
   *
   * @return one line per reason, empty if it can
   */
  default List<String> refusals(NetworkShape shape, Settings settings) {
    return List.of();
  }
}
