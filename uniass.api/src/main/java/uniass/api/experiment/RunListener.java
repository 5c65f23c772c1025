/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.experiment;

import org.osgi.annotation.versioning.ConsumerType;

/** Receives run events. Exceptions that it throws are logged and ignored. */
@FunctionalInterface
@ConsumerType
public interface RunListener {

  /** Called in the run's thread; must return quickly. */
  void onEvent(RunEvent event);
}
