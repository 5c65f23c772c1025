/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import ai.djl.Device;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Assembles networks. */
@ProviderType
public interface Networks {

  /** Says why a plan cannot be built (sizes, combinations), one line a reason; empty if it can. */
  List<String> refusals(NetworkPlan plan);

  /**
   * Builds a network with first values decided by the seed.
   *
   * @throws uniass.api.UniassException if the plan is refused
   */
  AnomalyNetwork assemble(NetworkPlan plan, Device device, long seed);
}
