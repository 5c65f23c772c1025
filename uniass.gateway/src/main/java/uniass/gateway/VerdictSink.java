/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway;

import java.io.IOException;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes results to where they are wanted: a broker, a file, a database. Register it as a service
 * with the property {@link #NAME}; results from then on are delivered to it.
 *
 * <pre>{@code
 * @Component(property = VerdictSink.NAME + "=lamp")
 * public class Lamp implements VerdictSink {
 *   @Override
 *   public void deliver(InspectionResult result, Optional<Evidence> evidence) {
 *     light(result.verdict() == Verdict.ANOMALOUS);
 *   }
 * }
 * }</pre>
 *
 * <p>A slow or failing sink never delays an inspection: it has a thread and a bounded buffer of its
 * own. What fails is tried again, later and later, before anything newer; if the buffer is full,
 * the oldest result is dropped and counted.
 */
@ConsumerType
@FunctionalInterface
public interface VerdictSink {

  /** Service property: the sink's name in health, metrics and log. */
  String NAME = "name";

  /** Service property, a list of texts: whose results it takes; missing or empty for all. */
  String STATIONS = "stations";

  /**
   * Delivers one result; called in the results' order, one at a time.
   *
   * @param evidence what was seen; empty if it is not kept, or not any more
   * @throws IOException if it should be tried again
   */
  void deliver(InspectionResult result, Optional<Evidence> evidence) throws IOException;

  /**
   * What is wrong already, though no result may wait yet: a broker that does not answer, an address
   * of the wrong kind. Health shows it.
   *
   * @return one line; empty if nothing is known to be wrong
   */
  default String trouble() {
    return "";
  }
}
