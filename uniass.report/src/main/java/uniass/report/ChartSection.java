/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import uniass.api.metric.Scores;
import uniass.api.metric.Scores.Curve;

/** Places for the charts, and the numbers that the page's script draws there. */
final class ChartSection {

  private static final List<String> CURVES =
      List.of("pixel-pr", "pixel-roc", "pro", "image-pr", "image-roc");

  private static final double LARGEST_PRO_RATE = 0.3;

  private final ReportData data;
  private final Ranking ranking;
  private final Verdicts verdicts;

  ChartSection(ReportData data, Ranking ranking, Verdicts verdicts) {
    this.data = data;
    this.ranking = ranking;
    this.verdicts = verdicts;
  }

  void write(Html html) {
    html.open("section", "id", "curves").leaf("h2", "Curves");
    html.raw("<noscript><p class=\"note\">Charts need JavaScript.</p></noscript>");
    if (hasCurves()) {
      html.leaf(
          "p",
          "The weakest categories are highlighted; click a name to highlight it or not.",
          "class",
          "small js-only");
      html.open("div", "class", "legend", "id", "legend").close();
    }
    html.open("div", "class", "charts", "id", "charts").close();
    html.close();
  }

  private boolean hasCurves() {
    return data.scores().categories().stream().anyMatch(group -> !group.curves().isEmpty());
  }

  /** The numbers as JSON that is safe inside a script element. */
  String json() {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setHtmlSafe(true);
      json.beginObject();
      json.name("weakest").beginArray();
      for (Scores.Group group : ranking.weakest()) {
        json.value(group.category());
      }
      json.endArray().name("curves").beginArray();
      for (String name : CURVES) {
        curve(json, name);
      }
      json.endArray().name("histograms").beginObject();
      for (Scores.Group group : data.scores().categories()) {
        histogram(json, group);
      }
      json.endObject().name("training");
      training(json);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter has none
    }
    return text.toString();
  }

  private void curve(JsonWriter json, String name) throws IOException {
    CurveGrid grid =
        switch (name) {
          case "pro" -> CurveGrid.dense(LARGEST_PRO_RATE);
          case "pixel-roc", "image-roc" -> CurveGrid.dense(1);
          default -> CurveGrid.even(1);
        };
    boolean any = false;
    for (Scores.Group group : data.scores().categories()) {
      for (Curve curve : group.curves()) {
        if (!curve.name().equals(name)) {
          continue;
        }
        if (!any) {
          json.beginObject().name("name").value(name).name("x");
          numbers(json, grid.x());
          json.name("lines").beginObject();
          any = true;
        }
        json.name(group.category());
        numbers(json, grid.sample(curve));
      }
    }
    if (any) {
      json.endObject().endObject();
    }
  }

  private void histogram(JsonWriter json, Scores.Group group) throws IOException {
    Scores.Histogram histogram = group.histogram();
    if (histogram == null) {
      return;
    }
    json.name(group.category()).beginObject().name("edges");
    numbers(json, histogram.edges());
    json.name("normal").beginArray();
    for (long count : histogram.normal()) {
      json.value(count);
    }
    json.endArray().name("anomalous").beginArray();
    for (long count : histogram.anomalous()) {
      json.value(count);
    }
    json.endArray().name("threshold");
    number(json, verdicts.threshold(group.category()));
    json.endObject();
  }

  private void training(JsonWriter json) throws IOException {
    json.beginObject();
    if (!data.history().isEmpty()) {
      json.name("epoch");
      column(json, "epoch");
      json.name("lines").beginObject();
      for (String name : List.of("loss", "held-out-loss")) {
        if (data.history().stream().anyMatch(row -> row.get(name) != null)) {
          json.name(name);
          column(json, name);
        }
      }
      json.endObject();
    }
    json.endObject();
  }

  private void column(JsonWriter json, String name) throws IOException {
    json.beginArray();
    for (Map<String, Double> row : data.history()) {
      Double value = row.get(name);
      number(json, value == null ? Double.NaN : value);
    }
    json.endArray();
  }

  private static void numbers(JsonWriter json, double[] values) throws IOException {
    json.beginArray();
    for (double value : values) {
      number(json, value);
    }
    json.endArray();
  }

  /** Five digits are finer than any screen. */
  private static void number(JsonWriter json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.value(Double.parseDouble(String.format(java.util.Locale.ROOT, "%.5g", value)));
    } else {
      json.nullValue();
    }
  }
}
