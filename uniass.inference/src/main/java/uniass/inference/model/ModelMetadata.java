/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.model;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import uniass.api.UniassException;
import uniass.api.data.Normalization;
import uniass.api.inspection.NormalImages;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Threshold;
import uniass.api.metric.ThresholdCalibrator;
import uniass.io.FileNames;

/** What a model file of ours says about itself. Nothing in it depends on clock, host or path. */
public final class ModelMetadata {

  /** Key of what the thresholds were found from, in words. */
  public static final String THRESHOLD_SOURCE = "uniass.thresholds.source";

  private static final String EXPERIMENT = "uniass.experiment";
  private static final String CATEGORIES = "uniass.categories";
  private static final String NORMALIZATION = "uniass.normalisation";

  /** Key of the rows of {@code history.csv}. */
  public static final String HISTORY = "uniass.history";

  private static final String SELECTED = "uniass.selected";

  private static final Gson GSON = new Gson();

  private final Map<String, String> values;

  /** Reads what a file holds. */
  public ModelMetadata(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Composes the metadata.
   *
   * @param experiment the portable YAML
   * @param selected how the state was chosen, in words
   * @param history the rows of {@code history.csv}
   */
  public static Map<String, String> of(
      String experiment,
      List<String> categories,
      Normalization normalization,
      String selected,
      String history) {
    Map<String, String> values = described(experiment, normalization);
    values.put(CATEGORIES, GSON.toJson(categories));
    values.put(SELECTED, selected);
    values.put(HISTORY, history);
    return values;
  }

  /** The metadata of a model whose network is known and nothing else. */
  public static Map<String, String> described(String experiment, Normalization normalization) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(EXPERIMENT, experiment);
    values.put(
        NORMALIZATION, GSON.toJson(List.of(normalization.mean(), normalization.deviation())));
    return values;
  }

  /** The experiment's portable YAML. */
  public Optional<String> experiment() {
    return Optional.ofNullable(values.get(EXPERIMENT));
  }

  /** The categories it was trained on. */
  public List<String> categories() {
    return parse(CATEGORIES, new TypeToken<List<String>>() {}).orElse(List.of());
  }

  /** The normalization that its backbone expects. */
  public Optional<Normalization> normalization() {
    return parse(NORMALIZATION, new TypeToken<List<List<Double>>>() {})
        .map(pair -> new Normalization(pair.get(0), pair.get(1)));
  }

  /** The thresholds by category, empty if the model has none. */
  public Map<String, Threshold> thresholds() {
    String json = values.get(ThresholdJson.KEY);
    return json == null ? Map.of() : ThresholdJson.thresholds(json);
  }

  /**
   * The threshold that decides; empty if the model has none.
   *
   * @param category whose; empty for the common one
   * @throws UniassException if the model has thresholds, but none for this category
   */
  public Optional<Threshold> threshold(Optional<String> category) {
    Map<String, Threshold> known = thresholds();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    String key = category.map(FileNames::composed).orElse(ThresholdCalibrator.ALL);
    if (!known.containsKey(key)) {
      throw new UniassException(
          "the model has no threshold for category '"
              + key
              + "'; it has: "
              + String.join(", ", categories()));
    }
    return Optional.of(known.get(key));
  }

  /** The score from which on an image is anomalous, by category. */
  public Map<String, Double> thresholdValues() {
    return thresholds().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().value()));
  }

  /** The texts as the file holds them. */
  public Map<String, String> values() {
    return values;
  }

  /** How the thresholds were found; nothing for models that do not say. */
  public Optional<CalibrationSummary> calibration() {
    return Optional.ofNullable(values.get(CalibrationSummary.KEY)).map(CalibrationSummary::of);
  }

  /** How an image's score, which its thresholds judge, comes from its map. */
  public ImageScore imageScore() {
    return calibration().map(CalibrationSummary::score).orElse(ImageScore.MAX);
  }

  /** What the model's normal images were like, by category and for all together. */
  public Map<String, NormalImages> normalImages() {
    return Optional.ofNullable(values.get(NormalJson.KEY)).map(NormalJson::read).orElse(Map.of());
  }

  /** Images with the maps that the trained network computed; none in models that lack them. */
  public List<Reference> references() {
    return Optional.ofNullable(values.get(Reference.KEY)).map(Reference::read).orElse(List.of());
  }

  /** What the thresholds were found from, in words. */
  public Optional<String> thresholdSource() {
    return Optional.ofNullable(values.get(THRESHOLD_SOURCE));
  }

  /** How the state was chosen, in words. */
  public Optional<String> selected() {
    return Optional.ofNullable(values.get(SELECTED));
  }

  /** The training's rows by column, as in {@code history.csv}; empty if unknown. */
  public List<Map<String, Double>> history() {
    String text = values.getOrDefault(HISTORY, "");
    List<Map<String, Double>> rows = new ArrayList<>();
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(text, format)) {
      for (CSVRecord line : parser) {
        Map<String, Double> row = new LinkedHashMap<>();
        line.toMap()
            .forEach(
                (column, value) -> {
                  if (!value.isEmpty()) {
                    row.put(column, Double.valueOf(value));
                  }
                });
        rows.add(row);
      }
      return rows;
    } catch (IOException | IllegalArgumentException e) {
      throw new UniassException("the model's metadata '" + HISTORY + "' is damaged", e);
    }
  }

  private <T> Optional<T> parse(String key, TypeToken<T> type) {
    String text = values.get(key);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(GSON.fromJson(text, type));
    } catch (JsonSyntaxException e) {
      throw new UniassException("the model's metadata '" + key + "' is damaged", e);
    }
  }
}
