/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.util.Locale;
import java.util.Map;
import uniass.api.metric.Scores;

/** The tables of metric values. */
final class TableSection {

  private final ReportData data;
  private final Ranking ranking;
  private final Verdicts verdicts;

  TableSection(ReportData data, Ranking ranking, Verdicts verdicts) {
    this.data = data;
    this.ranking = ranking;
    this.verdicts = verdicts;
  }

  void write(Html html) {
    html.open("section", "id", "metrics").leaf("h2", "Metrics by category");
    html.leaf(
        "p",
        "Click a heading to sort. Higher is better for every metric.",
        "class",
        "small js-only");
    html.open("div", "class", "scroll").open("table", "class", "sortable");
    head(html, "category");
    html.open("tbody");
    for (Scores.Group group : data.scores().categories()) {
      html.open("tr").open("th", "scope", "row");
      html.leaf("a", group.category(), "href", "#" + ranking.anchor(group.category())).close();
      for (String metric : data.scores().metrics()) {
        cell(html, Ranking.value(group, metric));
      }
      html.close();
    }
    html.close();
    feet(html);
    html.close().close();
    mad(html);
    new VerdictTables(data, verdicts).write(html);
    defects(html);
    html.close();
  }

  private void head(Html html, String first) {
    html.open("thead").open("tr");
    html.leaf("th", first, "scope", "col");
    data.scores().metrics().forEach(metric -> html.leaf("th", metric, "scope", "col"));
    html.close().close();
  }

  private void feet(Html html) {
    html.open("tfoot");
    html.open("tr", "class", "mean").leaf("th", "mean", "scope", "row");
    for (String metric : data.scores().metrics()) {
      data.scores().means().stream()
          .filter(mean -> mean.metric().equals(metric))
          .findFirst()
          .ifPresentOrElse(mean -> meanCell(html, mean), () -> cell(html, Double.NaN));
    }
    html.close();
    for (ReportData.Row row : data.others()) {
      html.open("tr").leaf("th", row.name() + " (mean)", "scope", "row");
      for (String metric : data.scores().metrics()) {
        cell(html, row.means().getOrDefault(metric, Double.NaN));
      }
      html.close();
    }
    html.close();
  }

  private static void meanCell(Html html, Scores.Mean mean) {
    html.open("td");
    bar(html, mean.value());
    if (mean.defined() < mean.categories()) {
      html.leaf("span", "over " + mean.defined() + " of " + mean.categories(), "class", "small");
    }
    html.close();
  }

  private void mad(Html html) {
    if (!Double.isNaN(data.scores().mad())) {
      html.leaf(
          "p",
          "mAD, the mean of the seven usual means: " + Numbers.share(data.scores().mad()),
          "class",
          "small");
    }
  }

  private void defects(Html html) {
    if (data.scores().defects().isEmpty()) {
      return;
    }
    html.open("details").leaf("summary", "Metrics by kind of defect");
    html.open("div", "class", "scroll").open("table", "class", "sortable");
    head(html, "category, defect");
    html.open("tbody");
    for (Scores.Group group : data.scores().defects()) {
      html.open("tr");
      html.leaf(
          "th",
          group.category() + ", " + group.defect() + " (" + group.anomalousImages() + ")",
          "scope",
          "row");
      for (String metric : data.scores().metrics()) {
        cell(html, Ranking.value(group, metric));
      }
      html.close();
    }
    html.close().close().close().close();
  }

  private static void cell(Html html, double value) {
    if (Double.isNaN(value)) {
      html.leaf("td", Numbers.share(value), "class", "undefined");
    } else {
      html.open("td", "data-value", String.valueOf(value));
      bar(html, value);
      html.close();
    }
  }

  /** A metric value with a bar behind it. */
  static void bar(Html html, double value) {
    if (Double.isNaN(value)) {
      html.leaf("span", Numbers.share(value), "class", "undefined");
      return;
    }
    double percent = 100 * Math.max(0, Math.min(1, value));
    html.leaf(
        "span",
        Numbers.share(value),
        "class",
        "bar",
        "style",
        String.format(Locale.ROOT, "--share:%.1f%%", percent));
  }

  /** Two columns of names and values. */
  static void facts(Html html, Map<String, String> facts) {
    html.open("dl", "class", "facts");
    facts.forEach((name, value) -> html.leaf("dt", name).leaf("dd", value));
    html.close();
  }
}
