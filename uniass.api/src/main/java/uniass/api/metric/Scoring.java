/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.metric;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import uniass.api.Progress;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.plugin.Configured;

/** Computes metric values of anomaly maps, per category, per kind of defect, and over all. */
@ProviderType
public interface Scoring {

  /**
   * Starts an evaluation.
   *
   * @param metrics the metric values wanted
   * @param images all images that will be added; those without a known label are left out of the
   *     metric values
   * @throws uniass.api.UniassException if two metric values would bear one name, or there are no
   *     images
   */
  ScoringRun open(List<Configured<Metric>> metrics, List<Image> images, ScoringOptions options);

  /**
   * The name of a metric's values: the metric's own, and after dashes the values of its settings
   * that differ from their defaults, such as {@code image-auroc-std}.
   */
  String name(Configured<Metric> metric);

  /** The evaluation protocols known by name: uniass, ader, anomalib, mvtec. */
  List<EvaluationProtocol> protocols();

  /**
   * Finds an evaluation protocol by its name.
   *
   * @throws uniass.api.UniassException naming those that there are
   */
  EvaluationProtocol protocol(String name);

  /**
   * Evaluates stored maps ({@code .npy}, float32, H x W, under the image's path) of a data set's
   * test images under several protocols, reading each map once.
   *
   * @param options the protocol in it is not used
   * @return one result per protocol, in their order
   * @throws uniass.api.UniassException naming a map that is missing, surplus, damaged, of another
   *     type or order or of a wrong size, or not finite
   */
  List<Scores> score(
      MapFolder maps,
      List<Configured<Metric>> metrics,
      List<EvaluationProtocol> protocols,
      ScoringOptions options,
      Progress progress);

  /**
   * Maps that any program wrote.
   *
   * @param folder of the maps: {@code bottle/test/hole/003.npy} or {@code 003.png.npy} for {@code
   *     bottle/test/hole/003.png}
   * @param dataset whose test images they are of
   */
  record MapFolder(Path folder, Dataset dataset) {}

  /**
   * The texts of {@code metrics.csv} (long: category, metric, value, ...), {@code metrics-wide.csv}
   * (one row a category), {@code metrics-defects.csv} (where kinds of defects have metric values)
   * and {@code metrics.json}, by the file's name. Several protocols stand in the same files, told
   * apart by their names.
   */
  Map<String, String> files(List<Scores> scores);

  /**
   * Writes {@link #files} into a folder. An older file stays whole until the new one is.
   *
   * @throws uniass.api.UniassException naming the file that cannot be written, and why
   */
  void write(List<Scores> scores, Path folder);
}
