/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metric values of one evaluation.
 *
 * @param protocol the conventions they follow
 * @param metrics names of the metrics, in the order asked for: a metric's name, and the values of
 *     settings that differ from their defaults ({@code aupro-0.05})
 * @param categories one group a category, by name
 * @param defects one group a kind of defect of a category, against the category's normal images;
 *     empty unless asked for
 * @param means the mean of every metric over the categories
 * @param mad the mean of the usual seven means (image AUROC, AP, F1-max; pixel AUROC, AP, F1-max,
 *     AUPRO); NaN unless all seven were asked for and are defined
 * @param images the image score of every image, in the order of their paths
 */
public record Scores(
    EvaluationProtocol protocol,
    List<String> metrics,
    List<Group> categories,
    List<Group> defects,
    List<Mean> means,
    double mad,
    List<ImageResult> images) {

  /** Name of the mean of the usual seven means, where metric values are listed. */
  public static final String MAD = "mad";

  /** The usual seven metrics. */
  public static final List<String> USUAL_SEVEN =
      List.of(
          "image-auroc",
          "image-ap",
          "image-f1-max",
          "pixel-auroc",
          "pixel-ap",
          "pixel-f1-max",
          "aupro");

  /** Copies the lists. */
  public Scores {
    metrics = List.copyOf(metrics);
    categories = List.copyOf(categories);
    defects = List.copyOf(defects);
    means = List.copyOf(means);
    images = List.copyOf(images);
  }

  /** The mean of a metric value, by its name; NaN if it was not asked for. */
  public double mean(String metric) {
    return means.stream()
        .filter(m -> m.metric().equals(metric))
        .mapToDouble(Mean::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The metric values of each category by name; NaN if undefined. */
  public Map<String, Map<String, Double>> byCategory() {
    Map<String, Map<String, Double>> byCategory = new LinkedHashMap<>();
    for (Group group : categories) {
      Map<String, Double> named = new LinkedHashMap<>();
      for (String metric : metrics) {
        MetricValue value = group.values().get(metric);
        named.put(metric, value == null ? Double.NaN : value.value());
      }
      byCategory.put(group.category(), named);
    }
    return byCategory;
  }

  /** The means by name, and {@link #MAD} if it is defined. */
  public Map<String, Double> meansByName() {
    Map<String, Double> named = new LinkedHashMap<>();
    means.forEach(m -> named.put(m.metric(), m.value()));
    if (!Double.isNaN(mad)) {
      named.put(MAD, mad);
    }
    return named;
  }

  /**
   * A category, or one kind of defect of it.
   *
   * @param category the category
   * @param defect the kind of defect, or empty for the whole category
   * @param images number of images
   * @param anomalousImages how many of them are anomalous
   * @param pixels number of pixels whose truth is known
   * @param anomalousPixels how many of them are anomalous
   * @param values the metric values by name
   * @param curves curves for a report; empty unless asked for
   * @param histogram of the image scores; null unless asked for
   */
  public record Group(
      String category,
      String defect,
      long images,
      long anomalousImages,
      long pixels,
      long anomalousPixels,
      Map<String, MetricValue> values,
      List<Curve> curves,
      Histogram histogram) {}

  /**
   * A mean over categories.
   *
   * @param metric the value's name
   * @param value the mean over the categories where it is defined; NaN if there is none
   * @param defined over how many categories the mean was taken
   * @param categories how many there are
   */
  public record Mean(String metric, double value, int defined, int categories) {}

  /**
   * A curve, thinned to some hundred points that look like all of them.
   *
   * @param name {@code pixel-roc}, {@code pixel-pr}, {@code pro}, {@code image-roc} or {@code
   *     image-pr}
   * @param x false positive rate, or recall for PR
   * @param y true positive rate, precision, or mean overlap of components
   * @param threshold of each point; positive infinity where nothing is marked
   */
  public record Curve(String name, double[] x, double[] y, double[] threshold) {}

  /**
   * How image scores spread.
   *
   * @param edges bins' edges, one more than bins, ascending
   * @param normal normal images a bin
   * @param anomalous anomalous images a bin
   */
  public record Histogram(double[] edges, long[] normal, long[] anomalous) {}

  /**
   * One image's score.
   *
   * @param path path below the data set's root
   * @param category its category
   * @param defect its kind of defect
   * @param anomalous whether it is anomalous under the protocol
   * @param score image score under the protocol
   */
  public record ImageResult(
      String path, String category, String defect, boolean anomalous, double score) {}
}
