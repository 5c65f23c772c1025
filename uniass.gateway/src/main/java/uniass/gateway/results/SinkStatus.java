/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import java.util.Set;

/**
 * How a sink does.
 *
 * @param name its name
 * @param stations whose results it takes; none for all
 * @param delivered results that it has taken
 * @param dropped results that were dropped because too many waited
 * @param waiting results that wait
 * @param failure why the last attempt failed, or what is known to be wrong; else empty
 */
public record SinkStatus(
    String name, Set<String> stations, long delivered, long dropped, int waiting, String failure) {

  /** The same, with a reason why it does not work. */
  public SinkStatus failing(String why) {
    return new SinkStatus(name, stations, delivered, dropped, waiting, why);
  }
}
