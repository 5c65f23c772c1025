/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import uniass.report.StudyData.Cost;

/** Drawings of a study: quality against cost, and the loss over the epochs. */
final class StudyCharts {

  private static final int WIDTH = 600;
  private static final int HEIGHT = 300;
  private static final int MARGIN = 40;
  private static final int LEFT = 64;
  private static final int SMALL_WIDTH = 220;
  private static final int SMALL_HEIGHT = 110;

  private final StudyData data;

  StudyCharts(StudyData data) {
    this.data = data;
  }

  void write(Html html) {
    StudyTables tables = new StudyTables(data);
    html.leaf("h2", "Quality against cost", "id", "cost");
    data.effects().stream()
        .map(StudyData.Effect::metric)
        .findFirst()
        .ifPresent(metric -> scatter(html, metric));
    tables.costs(html);
    tables.categories(html);
    curves(html);
  }

  private void scatter(Html html, String metric) {
    Map<String, Double> means = StudyTables.means(data, metric);
    List<Cost> shown =
        data.costs().stream()
            .filter(c -> means.containsKey(c.variant()) && Double.isFinite(c.milliseconds()))
            .toList();
    if (shown.isEmpty()) {
      return;
    }
    Axis x = Axis.of(shown.stream().mapToDouble(Cost::milliseconds), LEFT, WIDTH - MARGIN);
    Axis y =
        Axis.of(
            shown.stream().mapToDouble(c -> means.get(c.variant())), HEIGHT - MARGIN, MARGIN / 2);
    html.leaf("p", metric + " (up is better) against milliseconds per image (left is better)");
    html.open("div", "class", "columns").open("div");
    svg(html, "scatter", WIDTH, HEIGHT, metric + " against milliseconds per image, by variant");
    frame(html, x, y);
    List<String> key = new ArrayList<>();
    for (Cost cost : shown) {
      key.add(cost.variant());
      String cx = place(x.at(cost.milliseconds()));
      double cy = y.at(means.get(cost.variant()));
      html.open("g").leaf("title", cost.variant());
      html.single("circle", "cx", cx, "cy", place(cy), "r", "11").raw("</circle>");
      html.leaf("text", key.size() + "", "x", cx, "y", place(cy + 4), "class", "number").close();
    }
    html.close().close().open("div").open("ol", "class", "key-list");
    key.forEach(variant -> html.leaf("li", variant));
    html.close().close().close();
  }

  private static void frame(Html html, Axis x, Axis y) {
    html.single(
            "path",
            "d",
            "M%s %s V%s H%s".formatted(place(x.from), place(y.to), place(y.from), place(x.to)),
            "class",
            "frame")
        .raw("</path>");
    html.leaf("text", number(x.low), "x", place(x.from), "y", HEIGHT - 16 + "");
    html.leaf(
        "text", number(x.high) + " ms", "x", place(x.to), "y", HEIGHT - 16 + "", "class", "end");
    html.leaf("text", number(y.low), "x", "0", "y", place(y.from));
    html.leaf("text", number(y.high), "x", "0", "y", place(y.to + 10));
  }

  private void curves(Html html) {
    html.leaf("h2", "Training loss over the epochs", "id", "training");
    html.leaf(
        "p",
        "Mean over the seeds, all drawings on one scale; thin: the base. Losses of other terms or"
            + " features do not compare.",
        "class",
        "small");
    double[] base = data.curves().values().stream().findFirst().orElse(new double[0]);
    Axis y =
        Axis.of(
            data.curves().values().stream().flatMapToDouble(Arrays::stream), SMALL_HEIGHT - 8, 8);
    html.open("div", "class", "multiples");
    data.curves()
        .forEach(
            (variant, values) -> {
              html.open("figure").open("figcaption").text(variant + " ");
              html.leaf("span", ends(values), "class", "small").close();
              svg(
                  html,
                  "curve",
                  SMALL_WIDTH,
                  SMALL_HEIGHT,
                  "training loss of " + variant + ": " + ends(values));
              line(html, base, y, "base");
              line(html, values, y, "own");
              html.close().close();
            });
    html.close();
  }

  private static void line(Html html, double[] values, Axis y, String kind) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i])) {
        double x =
            values.length == 1 ? SMALL_WIDTH / 2.0 : (double) i * SMALL_WIDTH / (values.length - 1);
        points.append(place(x)).append(',').append(place(y.at(values[i]))).append(' ');
      }
    }
    html.single("polyline", "points", points.toString().strip(), "class", kind).raw("</polyline>");
  }

  private static void svg(Html html, String kind, int width, int height, String label) {
    String box = "0 0 " + width + " " + height;
    html.open("svg", "viewBox", box, "class", kind, "role", "img", "aria-label", label);
  }

  /** What a curve begins and ends with. */
  private static String ends(double[] values) {
    return values.length == 0
        ? "none"
        : number(values[0]) + " to " + number(values[values.length - 1]);
  }

  private static String place(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String number(double value) {
    return Numbers.three(value);
  }

  /**
   * Maps values to places.
   *
   * @param from the place of {@code low}
   * @param to the place of {@code high}
   */
  private record Axis(double low, double high, double from, double to) {

    static Axis of(DoubleStream values, double from, double to) {
      double[] finite = values.filter(Double::isFinite).sorted().toArray();
      if (finite.length == 0) {
        return new Axis(0, 1, from, to);
      }
      double low = finite[0];
      double high = finite[finite.length - 1];
      double room = high > low ? (high - low) / 10 : Math.max(1e-6, Math.abs(high) / 10);
      return new Axis(low - room, high + room, from, to);
    }

    double at(double value) {
      return from + (to - from) * (value - low) / (high - low);
    }
  }
}
