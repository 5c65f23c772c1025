/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a station does.
 *
 * @param name its name
 * @param state whether it inspects
 * @param detail one line on why it does not, or what to know about its model; may be empty
 * @param model the model in use; empty until it is loaded
 * @param category whose threshold decides; empty for the one common to all
 * @param threshold the score from which on an image is anomalous; empty if the model has none
 * @param queued images that wait
 * @param queueLength most images that may wait
 */
public record StationStatus(
    String name,
    State state,
    String detail,
    Optional<ModelVersion> model,
    Optional<String> category,
    OptionalDouble threshold,
    int queued,
    int queueLength) {

  /** States. */
  public enum State {
    /** Its model is being opened. */
    LOADING,
    /** It inspects. */
    READY,
    /** It cannot inspect; the detail says why. */
    FAILED
  }
}
