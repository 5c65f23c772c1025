package uniass.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import uniass.api.metric.LineThresholds.Threshold;
import uniass.api.metric.Scores;

/** Counts of right and wrong verdicts, with each category's own and with the common threshold. */
final class VerdictTables {

  private static final List<String> COUNTS =
      List.of("category", "caught", "missed", "false alarms", "passed", "threshold");
  private static final List<String> SUPPORT = List.of("normal images", "rate kept");

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
    all.ifPresent(
        common -> {
          html.leaf("h4", "All with the common threshold (predict without --category)");
          table(html, common);
        });
  }

  private String origin() {
    String confidence =
        data.thresholds().values().stream()
            .findFirst()
            .map(t -> percent(t.confidence()))
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
    html.text(percent(threshold.upperBound()));
    if (!threshold.supported()) {
      html.leaf(
          "span",
          percent(threshold.falseAlarmRate()) + " needs " + threshold.needed(),
          "class",
          "small");
    }
    html.close();
  }

  private static void number(Html html, String text, double value) {
    html.leaf("td", text, "data-value", String.valueOf(value));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.3g %%", 100 * share);
  }
}
