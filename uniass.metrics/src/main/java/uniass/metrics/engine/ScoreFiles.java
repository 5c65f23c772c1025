/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import uniass.api.UniassException;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.MetricValue;
import uniass.api.metric.Scores;
import uniass.io.AtomicFile;

/**
 * Writes metric values as CSV and JSON, in full double precision; NaN in CSV and null in JSON mean
 * "not defined".
 */
final class ScoreFiles {

  private static final String MEAN = "mean";
  private static final CSVFormat CSV = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  private ScoreFiles() {}

  /** Texts by the file's name. */
  static Map<String, String> texts(List<Scores> results) {
    Map<String, String> texts = new LinkedHashMap<>();
    try {
      texts.put("metrics.csv", csv(results, ScoreFiles::writeLong));
      texts.put("metrics-wide.csv", csv(results, ScoreFiles::writeWide));
      if (results.stream().anyMatch(r -> !r.defects().isEmpty())) {
        texts.put("metrics-defects.csv", csv(results, ScoreFiles::writeDefects));
      }
      texts.put("metrics.json", json(results));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // texts in memory have none
    }
    return texts;
  }

  /** Writes all files; each is at no moment half written. */
  static void write(List<Scores> results, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UniassException(folder + " cannot be made: " + AtomicFile.reason(e), e);
    }
    texts(results)
        .forEach(
            (name, text) ->
                AtomicFile.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8)));
  }

  private interface Table {
    void write(CSVPrinter csv, List<Scores> results) throws IOException;
  }

  private static String csv(List<Scores> results, Table table) throws IOException {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter csv = new CSVPrinter(text, CSV)) {
      table.write(csv, results);
    }
    return text.toString();
  }

  private static String json(List<Scores> results) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setIndent("  ");
      writeJson(json, results);
    }
    return text.toString();
  }

  private static void writeLong(CSVPrinter csv, List<Scores> results) throws IOException {
    csv.printRecord("category", "metric", "value", "threshold", "defined-over", "rules");
    for (Scores scores : results) {
      String rules = scores.protocol().name();
      for (Scores.Group group : scores.categories()) {
        for (String metric : scores.metrics()) {
          MetricValue value = group.values().get(metric);
          csv.printRecord(group.category(), metric, value.value(), threshold(value), null, rules);
        }
      }
      for (Scores.Mean mean : scores.means()) {
        csv.printRecord(MEAN, mean.metric(), mean.value(), null, mean.defined(), rules);
      }
      if (!Double.isNaN(scores.mad())) {
        csv.printRecord(MEAN, Scores.MAD, scores.mad(), null, null, rules);
      }
    }
  }

  private static void writeWide(CSVPrinter csv, List<Scores> results) throws IOException {
    csv.print("category");
    for (String metric : results.get(0).metrics()) {
      csv.print(metric);
    }
    csv.print("rules");
    csv.println();
    for (Scores scores : results) {
      for (Scores.Group group : scores.categories()) {
        csv.print(group.category());
        for (String metric : scores.metrics()) {
          csv.print(group.values().get(metric).value());
        }
        csv.print(scores.protocol().name());
        csv.println();
      }
      csv.print(MEAN);
      for (String metric : scores.metrics()) {
        csv.print(scores.mean(metric));
      }
      csv.print(scores.protocol().name());
      csv.println();
    }
  }

  private static void writeDefects(CSVPrinter csv, List<Scores> results) throws IOException {
    csv.printRecord("category", "defect", "metric", "value", "threshold", "rules");
    for (Scores scores : results) {
      for (Scores.Group group : scores.defects()) {
        for (String metric : scores.metrics()) {
          MetricValue value = group.values().get(metric);
          csv.printRecord(
              group.category(),
              group.defect(),
              metric,
              value.value(),
              threshold(value),
              scores.protocol().name());
        }
      }
    }
  }

  private static void writeJson(JsonWriter json, List<Scores> results) throws IOException {
    json.beginObject().name("results").beginArray();
    for (Scores scores : results) {
      json.beginObject();
      writeRules(json.name("rules"), scores.protocol());
      json.name(MEAN).beginObject();
      for (Scores.Mean mean : scores.means()) {
        number(json.name(mean.metric()).beginObject().name("value"), mean.value());
        json.name("defined-over").value(mean.defined());
        json.name("categories").value(mean.categories()).endObject();
      }
      json.endObject();
      number(json.name(Scores.MAD), scores.mad());
      writeGroups(json.name("categories"), scores.categories());
      writeGroups(json.name("defects"), scores.defects());
      json.endObject();
    }
    json.endArray().endObject();
  }

  private static void writeRules(JsonWriter json, EvaluationProtocol rules) throws IOException {
    json.beginObject();
    json.name("name").value(rules.name());
    json.name("mask-threshold").value(rules.maskThreshold());
    json.name("sizes").value(word(rules.sizes()));
    json.name("labels").value(word(rules.labels()));
    json.name("image-score").value(rules.imageScore().key());
    json.name("dice").value(word(rules.dice()));
    json.endObject();
  }

  private static void writeGroups(JsonWriter json, List<Scores.Group> groups) throws IOException {
    json.beginArray();
    for (Scores.Group group : groups) {
      json.beginObject().name("category").value(group.category());
      if (!group.defect().isEmpty()) {
        json.name("defect").value(group.defect());
      }
      json.name("images").value(group.images());
      json.name("anomalous-images").value(group.anomalousImages());
      json.name("pixels").value(group.pixels());
      json.name("anomalous-pixels").value(group.anomalousPixels());
      json.name("values").beginObject();
      for (var entry : group.values().entrySet()) {
        number(json.name(entry.getKey()), entry.getValue().value());
      }
      json.endObject().name("details").beginObject();
      for (var entry : group.values().entrySet()) {
        if (!entry.getValue().details().isEmpty()) {
          json.name(entry.getKey()).beginObject();
          for (var detail : new TreeMap<>(entry.getValue().details()).entrySet()) {
            number(json.name(detail.getKey()), detail.getValue());
          }
          json.endObject();
        }
      }
      json.endObject().endObject();
    }
    json.endArray();
  }

  private static void number(JsonWriter json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.value(value);
    } else {
      json.nullValue();
    }
  }

  private static Double threshold(MetricValue value) {
    return value.details().get("threshold");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
