/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.metric;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A threshold and what supports it.
 *
 * @param value a score of this or more is anomalous
 * @param falseAlarmRate the rate wanted
 * @param confidence the confidence wanted
 * @param images number of normal images
 * @param alarms how many of them reach the threshold
 * @param upperBound the false-alarm rate that is not exceeded with that confidence
 * @param supported whether the bound is within the rate wanted
 * @param needed fewest images with which it could be
 * @param location the median of the normal scores; NaN if unknown
 * @param scale their spread: 1.4826 times the median absolute deviation; NaN if unknown
 * @param atRates the thresholds for other false-alarm rates, by rate; may be empty
 */
public record Threshold(
    double value,
    double falseAlarmRate,
    double confidence,
    int images,
    int alarms,
    double upperBound,
    boolean supported,
    int needed,
    double location,
    double scale,
    SortedMap<Double, Double> atRates) {

  /** Copies the map. */
  public Threshold {
    atRates = new TreeMap<>(atRates);
  }

  /** A threshold of which no more is known. */
  public Threshold(
      double value,
      double falseAlarmRate,
      double confidence,
      int images,
      int alarms,
      double upperBound,
      boolean supported,
      int needed) {
    this(
        value,
        falseAlarmRate,
        confidence,
        images,
        alarms,
        upperBound,
        supported,
        needed,
        Double.NaN,
        Double.NaN,
        new TreeMap<>());
  }

  /** The same with another value. */
  public Threshold withValue(double other) {
    return new Threshold(
        other,
        falseAlarmRate,
        confidence,
        images,
        alarms,
        upperBound,
        supported,
        needed,
        location,
        scale,
        atRates);
  }

  /** Whether a score is an anomaly. */
  public boolean anomalous(double score) {
    return score >= value;
  }

  /** A score in units of the category's normal scores: 0 at their median. */
  public double normalized(double score) {
    return (score - location) / scale;
  }

  /** The score at which {@link #normalized} has a value. */
  public double score(double normalized) {
    return location + normalized * scale;
  }

  /** One line that says what the threshold promises. */
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
