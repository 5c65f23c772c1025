package uniass.api.metric;

import java.util.Locale;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Thresholds for a production line, from normal images only. The guarantee needs no model of the
 * scores: it holds for images that come from the line as those did that the threshold was made
 * from, and that took no part in training.
 */
@ProviderType
public interface LineThresholds {

  /**
   * Finds the smallest threshold whose false-alarm rate is, with the given confidence, not above
   * the rate wanted. Where there are too few images for that, the threshold lies just above the
   * highest score, and the result says which rate is supported and how many images are needed.
   *
   * @param scores of normal images, finite, one at least
   * @param falseAlarmRate share of normal images that may be called anomalous, 0 to 1 exclusive
   * @param confidence 0 to 1 exclusive, usually 0.95
   */
  Threshold fit(double[] scores, double falseAlarmRate, double confidence);

  /** Writes thresholds by category (or {@link #ALL}) as a line of JSON, for a model's metadata. */
  String toJson(Map<String, Threshold> thresholds);

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws uniass.api.UniassException if the text is not such a line
   */
  Map<String, Threshold> fromJson(String json);

  /** Metadata key of a model file under which the line is kept. */
  String METADATA_KEY = "uniass.thresholds";

  /** Name of the threshold for all categories together. */
  String ALL = "*";

  /**
   * A threshold and what supports it.
   *
   * @param value a score of this or more is anomalous
   * @param falseAlarmRate the rate wanted
   * @param confidence the confidence wanted
   * @param images number of normal images
   * @param alarms how many of them reach the threshold
   * @param upperBound the false-alarm rate that is not exceeded with that confidence
   *     (Clopper-Pearson, one-sided)
   * @param supported whether the bound is within the rate wanted
   * @param needed fewest images with which it could be
   */
  record Threshold(
      double value,
      double falseAlarmRate,
      double confidence,
      int images,
      int alarms,
      double upperBound,
      boolean supported,
      int needed) {

    /** Whether a score is an anomaly. */
    public boolean anomalous(double score) {
      return score >= value;
    }

    /** One line that tells people what the threshold promises. */
    public String describe() {
      return String.format(
          Locale.ROOT,
          supported
              ? "at most %2$.4g of normal images alarm, with confidence %3$.4g (%1$d images)"
              : "%1$d normal images support a false-alarm rate of %2$.4g at confidence %3$.4g, not"
                  + " %4$.4g; at least %5$d are needed",
          images,
          upperBound,
          confidence,
          falseAlarmRate,
          needed);
    }
  }
}
