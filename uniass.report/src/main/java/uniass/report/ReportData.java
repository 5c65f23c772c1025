/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uniass.api.metric.Scores;
import uniass.api.metric.Threshold;
import uniass.api.metric.ThresholdCalibrator;

/**
 * All that a report shows.
 *
 * @param title usually the experiment's name
 * @param scores the metric values, with curves
 * @param others further rows of means to compare with, such as {@code untrained}
 * @param thresholds of image scores, by category or {@link ThresholdCalibrator#ALL}; without any,
 *     the report takes those of the highest F1 and says so
 * @param common the threshold of all categories on normalized scores; NaN if there is none
 * @param thresholdOrigin where the thresholds come from, in a few words; unused without any
 * @param history one row per epoch, by column, with {@code epoch} and {@code loss}; empty without
 *     training
 * @param gallery images to look at, of any order
 * @param beside the same images under a second model; empty if there is none
 * @param samples the contact sheet of the data set; may be empty
 * @param experiment all settings as YAML
 * @param facts versions, seed, device, model and the like, by name
 * @param durations how long each part took, by name
 * @param notes lines that a reader should know
 */
public record ReportData(
    String title,
    Scores scores,
    List<Row> others,
    Map<String, Threshold> thresholds,
    double common,
    String thresholdOrigin,
    List<Map<String, Double>> history,
    List<GalleryImage> gallery,
    Optional<SecondModel> beside,
    List<Sample> samples,
    String experiment,
    Map<String, String> facts,
    Map<String, Duration> durations,
    List<String> notes) {

  /** Copies the collections, keeping their order. */
  public ReportData {
    others = List.copyOf(others);
    thresholds = Map.copyOf(thresholds);
    history = List.copyOf(history);
    gallery = List.copyOf(gallery);
    samples = List.copyOf(samples);
    facts = new LinkedHashMap<>(facts);
    durations = new LinkedHashMap<>(durations);
    notes = List.copyOf(notes);
  }

  /**
   * A model to compare with, image by image.
   *
   * @param name what the report calls it, such as its file
   * @param thresholds of its image scores, by category or {@link ThresholdCalibrator#ALL}
   * @param images the gallery's images with its maps and scores, in the gallery's order
   */
  public record SecondModel(
      String name, Map<String, Threshold> thresholds, List<GalleryImage> images) {

    /** Copies the collections. */
    public SecondModel {
      thresholds = Map.copyOf(thresholds);
      images = List.copyOf(images);
    }

    /** The threshold for a category; NaN without one. */
    double threshold(String category) {
      Threshold own = thresholds.getOrDefault(category, thresholds.get(ThresholdCalibrator.ALL));
      return own == null ? Double.NaN : own.value();
    }
  }

  /**
   * A row of means to compare with, such as a baseline's.
   *
   * @param name such as {@code untrained} or {@code mean-picture}
   * @param means by metric; NaN or absent if not defined
   */
  public record Row(String name, Map<String, Double> means) {}
}
