/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which stored anomaly maps to score, and how.
 *
 * <pre>{@code
 * MapScoringOptions options =
 *     MapScoringOptions.of(Path.of("maps"), "mvtec-ad", Path.of("data/mvtec_ad"))
 *         .withMetrics(List.of("pixel-ap", "aupro"));
 * }</pre>
 *
 * @param maps folder of the maps: {@code .npy}, float32, (H,W), each under its image's path
 * @param reader the data set's layout: a reader's name, or <code>{name: ..., settings}</code>
 * @param root the data set's folder
 * @param metrics names of metrics, or <code>{name: ..., settings}</code>; {@code mad} stands for
 *     the seven whose mean it is
 * @param protocols names of evaluation protocols, to be computed side by side
 * @param maskThreshold a mask pixel above it (0 to 254) is anomalous; empty for the protocols' own
 * @param out a {@code .csv} or {@code .json} file, or a folder for all files; empty to write none
 * @param memory bytes that pixel scores may take before they spill to disk; empty for a third of
 *     the Java heap
 * @param scratch folder for what spills; empty for the system's folder for temporary files
 */
public record MapScoringOptions(
    Path maps,
    String reader,
    Path root,
    List<String> metrics,
    List<String> protocols,
    Optional<Integer> maskThreshold,
    Optional<Path> out,
    Optional<Long> memory,
    Optional<Path> scratch) {

  /** Metrics that are computed unless others are asked for. */
  public static final List<String> USUAL_METRICS =
      List.of("pixel-ap", "dice", "pixel-auroc", "aupro", "image-auroc");

  /** The protocol that is used unless another is asked for. */
  public static final String USUAL_PROTOCOL = "uniass";

  /** Copies the lists. */
  public MapScoringOptions {
    metrics = List.copyOf(metrics);
    protocols = List.copyOf(protocols);
  }

  /** The usual metrics under the usual protocol; no files. */
  public static MapScoringOptions of(Path maps, String reader, Path root) {
    return new MapScoringOptions(
        maps,
        reader,
        root,
        USUAL_METRICS,
        List.of(USUAL_PROTOCOL),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same with other metrics. */
  public MapScoringOptions withMetrics(List<String> others) {
    return new MapScoringOptions(
        maps, reader, root, others, protocols, maskThreshold, out, memory, scratch);
  }

  /** The same under other protocols. */
  public MapScoringOptions withProtocols(List<String> others) {
    return new MapScoringOptions(
        maps, reader, root, metrics, others, maskThreshold, out, memory, scratch);
  }

  /** The same with another threshold of masks. */
  public MapScoringOptions withMaskThreshold(int threshold) {
    return new MapScoringOptions(
        maps, reader, root, metrics, protocols, Optional.of(threshold), out, memory, scratch);
  }

  /** The same, written to a file or folder. */
  public MapScoringOptions withOut(Path target) {
    return new MapScoringOptions(
        maps,
        reader,
        root,
        metrics,
        protocols,
        maskThreshold,
        Optional.of(target),
        memory,
        scratch);
  }

  /** The same with a limit of the memory that pixel scores take, in bytes. */
  public MapScoringOptions withMemory(long bytes) {
    return new MapScoringOptions(
        maps, reader, root, metrics, protocols, maskThreshold, out, Optional.of(bytes), scratch);
  }

  /** The same with another folder for what spills. */
  public MapScoringOptions withScratch(Path folder) {
    return new MapScoringOptions(
        maps, reader, root, metrics, protocols, maskThreshold, out, memory, Optional.of(folder));
  }
}
