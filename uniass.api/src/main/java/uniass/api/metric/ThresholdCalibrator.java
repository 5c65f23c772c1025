/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.metric;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Finds decision thresholds from the scores of normal images.
 *
 * <pre>{@code
 * Calibrated calibrated =
 *     calibrator.calibrate(scores, new Options("order", new Goal(0.01, 0.95), 1e-6));
 * boolean anomalous = calibrated.thresholds().get("bottle").anomalous(score);
 * }</pre>
 */
@ProviderType
public interface ThresholdCalibrator {

  /** Name of the threshold for images whose category is not known. */
  String ALL = "*";

  /** The methods that are there, by name, each with its guarantee in a sentence. */
  Map<String, String> methods();

  /**
   * Finds the threshold of each category, and the common ones.
   *
   * @param scores of normal images, one at least
   * @throws uniass.api.UniassException if there are no scores, one is not finite, or a number or
   *     the method's name is wrong
   */
  Calibrated calibrate(List<NormalScore> scores, Options options);

  /**
   * What to expect of thresholds if they rest on few images, in the words of {@link
   * Calibrated#notes}.
   *
   * @param images how many normal images there are to calibrate with, by category
   * @return a line for the user; nothing if the images are enough
   */
  Optional<String> foresee(Map<String, Integer> images, Options options);

  /**
   * A normal image's score.
   *
   * @param path the image's path
   * @param category its category
   * @param trained whether the network was trained on it
   * @param score its score
   */
  record NormalScore(String path, String category, boolean trained, double score) {}

  /**
   * How to calibrate.
   *
   * @param method the name of a {@link ThresholdMethod}
   * @param goal the rate wanted, with its confidence
   * @param spread by which share of itself a score may differ between batches and thread counts
   */
  record Options(String method, ThresholdMethod.Goal goal, double spread) {}

  /**
   * The result.
   *
   * @param thresholds by category, and {@link #ALL}
   * @param common the threshold of all categories on normalized scores, see {@link
   *     Threshold#normalized}
   * @param setAside images too odd to calibrate with, by category
   * @param notes what the user should know, one line each
   */
  record Calibrated(
      Map<String, Threshold> thresholds,
      double common,
      Map<String, List<NormalScore>> setAside,
      List<String> notes) {}
}
