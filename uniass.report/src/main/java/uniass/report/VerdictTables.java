/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uniass.api.metric.Scores;
import uniass.api.metric.Threshold;

/** Counts of right and wrong verdicts, with each category's own and with the common threshold. */
final class VerdictTables {

  private static final List<String> COUNTS =
      List.of("category", "caught", "missed", "false alarms", "passed", "threshold");
  private static final List<String> SUPPORT =
      List.of("caught, 95 % interval", "false alarms, 95 % interval", "normal images", "rate kept");

  private final ReportData data;
  private final Verdicts verdicts;

  VerdictTables(ReportData data, Verdicts verdicts) {
    this.data = data;
    this.verdicts = verdicts;
  }

  void write(Html html) {
    html.leaf("h3", "Verdicts on images");
    if (verdicts.chosenHere()) {
      html.leaf(
          "p",
          "Thresholds: those with the highest F1 on these very images, chosen with their labels. The"
              + " counts are the best possible, not what a production line would see.",
          "class",
          "small");
      table(html, verdicts);
      return;
    }
    html.leaf("p", origin(), "class", "small");
    Optional<Verdicts> all = Verdicts.common(data.scores(), data.thresholds());
    if (all.isPresent() || data.scores().categories().size() > 1) {
      html.leaf("h4", "Each category with its own threshold (predict with --category)");
    }
    table(html, verdicts);
    otherRates(html);
    Verdicts.normalized(data.scores(), data.thresholds(), data.common())
        .ifPresent(
            common -> {
              html.leaf(
                  "h4",
                  "All with one threshold on scores normalized by each category's normal images: "
                      + Numbers.score(data.common()));
              table(html, common);
            });
    all.ifPresent(
        common -> {
          html.leaf("h4", "All with the common threshold (predict without --category)");
          table(html, common);
        });
  }

  /** What other false-alarm rates would have given, and what it would take to catch all. */
  private void otherRates(Html html) {
    if (verdicts.rates().isEmpty()) {
      return;
    }
    html.leaf("h4", "Caught and false alarms, if another false-alarm rate had been asked for");
    html.scrolling("Verdicts at other false-alarm rates").open("table");
    html.open("thead").open("tr").leaf("th", "category", "scope", "col");
    List<Verdicts> others = new ArrayList<>();
    for (double rate : verdicts.rates()) {
      others.add(verdicts.atRate(rate));
      html.leaf("th", Numbers.percent(rate), "scope", "col");
    }
    html.leaf("th", "to catch all", "scope", "col");
    html.close().close().open("tbody");
    for (Scores.Group group : data.scores().categories()) {
      String category = group.category();
      html.open("tr").leaf("th", category, "scope", "row");
      others.forEach(other -> html.leaf("td", both(other.confusion(category))));
      Verdicts.Confusion all = verdicts.catchingAll(category);
      html.leaf(
          "td",
          all.anomalous() == 0
              ? ""
              : Wilson.text(all.alarms(), all.normal()) + " of normal images alarm");
      html.close();
    }
    html.close().close().close();
  }

  private static String both(Verdicts.Confusion counts) {
    return counts.caught()
        + " of "
        + counts.anomalous()
        + ", "
        + counts.alarms()
        + " of "
        + counts.normal();
  }

  private String origin() {
    String confidence =
        data.thresholds().values().stream()
            .findFirst()
            .map(t -> Numbers.percent(t.confidence()))
            .orElse("");
    return "Thresholds from "
        + (data.thresholdOrigin().isEmpty() ? "normal images" : data.thresholdOrigin())
        + ". Beside each: the number of those images, and the false-alarm rate that is kept with "
        + confidence
        + " confidence on images like them.";
  }

  private void table(Html html, Verdicts counted) {
    boolean supported = !counted.chosenHere();
    html.open("div", "class", "scroll").open("table", "class", "sortable");
    html.open("thead").open("tr");
    List<String> names = new ArrayList<>(COUNTS);
    if (supported) {
      names.addAll(SUPPORT);
    }
    names.forEach(name -> html.leaf("th", name, "scope", "col"));
    html.close().close().open("tbody");
    for (Scores.Group group : data.scores().categories()) {
      String category = group.category();
      html.open("tr");
      counts(html, category, counted.confusion(category));
      number(html, Numbers.score(counted.threshold(category)), counted.threshold(category));
      if (supported) {
        Verdicts.Confusion counts = counted.confusion(category);
        share(html, counts.caught(), counts.anomalous());
        share(html, counts.alarms(), counts.normal());
        support(html, counted.given(category));
      }
      html.close();
    }
    html.close().open("tfoot").open("tr");
    counts(html, "all", counted.all());
    for (int i = COUNTS.size() - 1; i < names.size(); i++) {
      html.leaf("td", "");
    }
    html.close().close().close().close();
  }

  private static void counts(Html html, String name, Verdicts.Confusion counts) {
    html.leaf("th", name, "scope", "row");
    for (int count :
        new int[] {counts.caught(), counts.missed(), counts.alarms(), counts.passed()}) {
      number(html, String.valueOf(count), count);
    }
  }

  /** What a threshold guarantees, and what it lacks for the rate asked for. */
  private static void support(Html html, Optional<Threshold> given) {
    if (given.isEmpty()) {
      html.leaf("td", "").leaf("td", "");
      return;
    }
    Threshold threshold = given.get();
    number(html, String.valueOf(threshold.images()), threshold.images());
    html.open("td", "data-value", String.valueOf(threshold.upperBound()));
    html.text(Numbers.percent(threshold.upperBound()));
    if (!threshold.supported()) {
      html.leaf(
          "span",
          Numbers.percent(threshold.falseAlarmRate()) + " needs " + threshold.needed(),
          "class",
          "small");
    }
    html.close();
  }

  private static void number(Html html, String text, double value) {
    html.leaf("td", text, "data-value", String.valueOf(value));
  }

  private static void share(Html html, int count, int of) {
    number(html, Wilson.text(count, of), (double) count / of);
  }
}
