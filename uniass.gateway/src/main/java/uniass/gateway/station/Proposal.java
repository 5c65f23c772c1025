/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What another threshold would change.
 *
 * @param model reference of the model in use
 * @param threshold in use now; empty if there is none
 * @param version of the threshold in use; 0 for the model's own
 * @param proposed the threshold that the confirmed images suggest
 * @param images number of images that a person confirmed as good, and that it was found from
 * @param leftOut confirmed images that are of another model and not kept any more
 * @param promise what the proposed threshold promises, in words
 * @param nowAnomalous ids of the last results that would become anomalous
 * @param nowNormal ids of the last results that would become normal
 * @param missedCaught how many of the defects that were missed it would find
 * @param missed of how many
 */
public record Proposal(
    String model,
    OptionalDouble threshold,
    int version,
    double proposed,
    int images,
    int leftOut,
    String promise,
    List<String> nowAnomalous,
    List<String> nowNormal,
    int missedCaught,
    int missed) {

  /** Copies the lists. */
  public Proposal {
    nowAnomalous = List.copyOf(nowAnomalous);
    nowNormal = List.copyOf(nowNormal);
  }
}
