/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway;

import java.time.Instant;
import java.util.Optional;

/**
 * How a source of images does.
 *
 * @param name its name
 * @param station the station that inspects its images
 * @param inspected images that have a result
 * @param failed images that were given up without one
 * @param failure one line on why it does not work now; empty if it does
 * @param lastError why the last of the images that failed did; empty if none did
 * @param lastErrorTime when it did; empty if none did
 */
public record SourceStatus(
    String name,
    String station,
    long inspected,
    long failed,
    String failure,
    String lastError,
    Optional<Instant> lastErrorTime) {

  /** The same, with a reason why it does not work. */
  public SourceStatus failing(String why) {
    return new SourceStatus(name, station, inspected, failed, why, lastError, lastErrorTime);
  }
}
