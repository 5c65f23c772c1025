/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.metric;

import java.nio.file.Path;

/**
 * How metric values are computed; none of it changes a metric value but the protocol.
 *
 * @param protocol the conventions
 * @param byDefect whether each kind of defect gets metric values of its own, against the category's
 *     normal images
 * @param curves whether curves and histograms are kept for a report
 * @param memoryLimit bytes that pixel scores and their sorting may take before they spill to disk;
 *     components of masks and the images' names come on top
 * @param scratch folder for what spills
 * @param threads threads that compute results
 */
public record ScoringOptions(
    EvaluationProtocol protocol,
    boolean byDefect,
    boolean curves,
    long memoryLimit,
    Path scratch,
    int threads) {

  /** Smallest memory limit that is taken seriously: 1 MiB. */
  public static final long MINIMUM_MEMORY = 1 << 20;

  /** Checks the numbers. */
  public ScoringOptions {
    if (memoryLimit < MINIMUM_MEMORY || threads < 1) {
      throw new IllegalArgumentException("memory " + memoryLimit + ", threads " + threads);
    }
  }

  /** A third of the Java heap, the system's folder for temporary files, all processors. */
  public static ScoringOptions of(EvaluationProtocol protocol) {
    Runtime machine = Runtime.getRuntime();
    return new ScoringOptions(
        protocol,
        true,
        true,
        Math.max(MINIMUM_MEMORY, machine.maxMemory() / 3),
        Path.of(System.getProperty("java.io.tmpdir")),
        machine.availableProcessors());
  }

  /** The same under other conventions. */
  public ScoringOptions with(EvaluationProtocol others) {
    return new ScoringOptions(others, byDefect, curves, memoryLimit, scratch, threads);
  }
}
