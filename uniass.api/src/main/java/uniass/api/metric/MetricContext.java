/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.metric;

import java.nio.file.Path;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/** What one group's accumulators share. */
@ProviderType
public interface MetricContext {

  /**
   * Returns the group's one accumulator of a class, so that metrics that need the same evidence (a
   * sorted list of all pixel scores, say) collect it once. It is fed by the group, not by those who
   * ask for it.
   */
  <A extends MetricAccumulator> A shared(Class<A> type, Function<MetricContext, A> factory);

  /** The conventions in force. */
  EvaluationProtocol protocol();

  /** Memory that this group's accumulators may hold, in bytes, before they spill to disk. */
  long memoryLimit();

  /** Memory for computing results, in bytes; groups take turns. */
  long workingMemory();

  /** Threads for computing results. */
  int threads();

  /** A folder for spilled data, emptied when the group ends. */
  Path scratch();
}
