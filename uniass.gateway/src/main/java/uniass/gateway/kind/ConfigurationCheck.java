/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.kind;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Finds, before anything starts, what is wrong with configurations: an address of the wrong kind, a
 * file that cannot be read, two that do not go together. {@code serve} asks all services of this
 * kind about its configuration file. A component should not rely on it: elsewhere configurations
 * come unasked.
 */
@ConsumerType
@FunctionalInterface
public interface ConfigurationCheck {

  /**
   * Looks at all configurations that are to be made.
   *
   * @return one line on the first fault, which begins with where it is, usually {@link
   *     Configured#where}, and says how to put it right; empty if there is none
   */
  Optional<String> fault(List<Configured> all);
}
