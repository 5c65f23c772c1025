/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.experiment;

import org.osgi.annotation.versioning.ProviderType;

/** A checked experiment, as {@link Experiments#read} and {@link Experiments#parse} make it. */
@ProviderType
public interface Experiment {

  /** Its name. */
  String name();

  /** All its settings with defaults filled in, as an experiment file has them. */
  String yaml();
}
