/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import uniass.api.network.NetworkCost;
import uniass.report.StudyData.Effect;

/** The differences of a study's variants to the base: all together and per category. */
final class StudyTables {

  /** Percent of color in the largest difference: text on it stays readable, in the dark, too. */
  private static final int STRONGEST = 45;

  private static final String UNKNOWN = "unknown";
  private static final double WHOLE = 100;
  private static final double SMALLEST_RANGE = 1e-3;

  private final StudyData data;

  StudyTables(StudyData data) {
    this.data = data;
  }

  void write(Html html) {
    data.notes().forEach(note -> html.leaf("p", note, "class", "small"));
    html.leaf("h2", "Differences to the base", "id", "differences");
    html.leaf(
        "p",
        "Mean difference, paired by seed and category, with its 95 % interval (bootstrap over seeds"
            + " and categories; with few seeds it is too narrow, so the verdict goes by p).",
        "class",
        "small");
    metrics().forEach(metric -> forest(html, metric));
  }

  private Set<String> metrics() {
    Set<String> metrics = new LinkedHashSet<>();
    data.effects().forEach(e -> metrics.add(e.metric()));
    return metrics;
  }

  private void forest(Html html, String metric) {
    List<Effect> effects = data.effects().stream().filter(e -> e.metric().equals(metric)).toList();
    double range =
        effects.stream()
            .flatMapToDouble(e -> DoubleStream.of(e.low(), e.high(), e.difference()))
            .filter(Double::isFinite)
            .map(Math::abs)
            .reduce(SMALLEST_RANGE, Math::max);
    html.leaf("h3", metric);
    html.open("div", "class", "forest");
    for (Effect effect : effects) {
      row(html, effect, range);
    }
    html.open("div", "class", "effect axis").leaf("strong", "").open("span", "class", "ticks");
    html.leaf("span", signed(-range)).leaf("span", "0").leaf("span", signed(range));
    html.close().close().close();
  }

  private static void row(Html html, Effect effect, double range) {
    html.open("div", "class", "effect " + kind(effect));
    html.leaf("strong", effect.variant());
    html.open("span", "class", "line");
    if (Double.isFinite(effect.difference())) {
      double low = Double.isFinite(effect.low()) ? effect.low() : effect.difference();
      double high = Double.isFinite(effect.high()) ? effect.high() : effect.difference();
      html.open(
              "i",
              "class",
              "interval",
              "style",
              "left:%s%%;right:%s%%".formatted(at(low, range), at(-high, range)))
          .close();
      html.open("i", "class", "dot", "style", "left:%s%%".formatted(at(effect.difference(), range)))
          .close();
    }
    html.close();
    html.open("span", "class", "numbers");
    html.text(Double.isFinite(effect.mean()) ? Numbers.share(effect.mean()) : "");
    if (Double.isFinite(effect.spread())) {
      html.text(" \u00b1 " + Numbers.share(effect.spread()));
    }
    if (Double.isFinite(effect.difference())) {
      html.text(" (" + signed(effect.difference()) + ", p " + share(effect.p()) + ")");
    }
    html.close().leaf("span", effect.verdict(), "class", "verdict").close();
  }

  private static String kind(Effect effect) {
    return switch (effect.verdict()) {
      case "better" -> "better";
      case "worse" -> "worse";
      default -> "level";
    };
  }

  private static String share(double value) {
    return Double.isNaN(value) ? "unknown" : Numbers.share(value);
  }

  /** Where a difference lies between both ends of the axis, in percent. */
  private static String at(double value, double range) {
    return String.format(Locale.ROOT, "%.2f", WHOLE * (value + range) / (2 * range));
  }

  static String signed(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%+.3f", value);
  }

  /** The heat map of differences per category. */
  void categories(Html html) {
    html.leaf("h2", "Differences per category", "id", "categories");
    data.byCategory()
        .forEach(
            (metric, variants) -> {
              double range =
                  variants.values().stream()
                      .flatMapToDouble(DoubleStream::of)
                      .filter(Double::isFinite)
                      .map(Math::abs)
                      .reduce(SMALLEST_RANGE, Math::max);
              html.leaf("h3", metric).scrolling("Differences of " + metric + " per category");
              html.open("table").open("thead").open("tr").leaf("th", "variant", "scope", "col");
              data.categories().forEach(c -> html.leaf("th", c, "scope", "col"));
              html.close().close().open("tbody");
              variants.forEach((variant, values) -> heat(html, variant, values, range));
              html.close().close().close();
            });
  }

  private static void heat(Html html, String variant, double[] values, double range) {
    html.open("tr").leaf("th", variant, "scope", "row");
    for (double value : values) {
      String color = value > 0 ? "--good" : "--bad";
      double share = Double.isFinite(value) ? Math.abs(value) / range : 0;
      html.leaf(
          "td",
          signed(value),
          "style",
          String.format(
              Locale.ROOT,
              "background:color-mix(in srgb, var(%s) %.0f%%, transparent)",
              color,
              STRONGEST * share));
    }
    html.close();
  }

  /** Parameters, time and memory. */
  void costs(Html html) {
    html.scrolling("Cost of each variant").open("table").open("thead").open("tr");
    for (String head :
        List.of("variant", "parameters", "GMAC", "training, minutes", "ms per image", "peak MiB")) {
      html.leaf("th", head, "scope", "col");
    }
    html.close().close().open("tbody");
    data.costs()
        .forEach(
            c ->
                html.open("tr")
                    .leaf("th", c.variant(), "scope", "row")
                    .leaf("td", c.network().map(StudyTables::parameters).orElse(UNKNOWN))
                    .leaf("td", c.network().map(NetworkCost::gmac).orElse(UNKNOWN))
                    .leaf("td", number("%.2f", c.minutes()))
                    .leaf("td", number("%.1f", c.milliseconds()))
                    .leaf("td", number("%.0f", c.mebibytes()))
                    .close());
    html.close().close().close();
  }

  private static String parameters(NetworkCost network) {
    return String.format(Locale.ROOT, "%,d", network.parameters());
  }

  private static String number(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : UNKNOWN;
  }

  /** The means by variant of a metric. */
  static Map<String, Double> means(StudyData data, String metric) {
    Map<String, Double> means = new LinkedHashMap<>();
    data.effects().stream()
        .filter(e -> e.metric().equals(metric) && Double.isFinite(e.mean()))
        .forEach(e -> means.put(e.variant(), e.mean()));
    return means;
  }
}
