/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.util.List;
import uniass.api.metric.Scores;
import uniass.api.metric.Scores.ImageResult;

/** The first ten seconds: how good it is, and where it fails. */
final class SummarySection {

  private static final int MOST_MISTAKES = 8;

  private final ReportData data;
  private final Ranking ranking;
  private final Verdicts verdicts;

  SummarySection(ReportData data, Ranking ranking, Verdicts verdicts) {
    this.data = data;
    this.ranking = ranking;
    this.verdicts = verdicts;
  }

  void write(Html html) {
    html.open("section", "id", "summary").leaf("h2", "Summary");
    html.leaf("p", sentence(), "class", "lede");
    Verdicts.common(data.scores(), data.thresholds())
        .ifPresent(common -> html.leaf("p", both(common.all()), "class", "small"));
    tiles(html);
    html.open("div", "class", "columns");
    weakest(html);
    mistakes(html);
    html.close();
    for (String note : data.notes()) {
      html.leaf("p", note, "class", "note");
    }
    html.close();
  }

  private String sentence() {
    Verdicts.Confusion all = verdicts.all();
    StringBuilder text = new StringBuilder();
    List<Scores.Group> weak = ranking.weakest();
    if (!weak.isEmpty() && data.scores().categories().size() > 1) {
      Scores.Group first = weak.get(0);
      text.append("Weakest category: ")
          .append(first.category())
          .append(" (")
          .append(ranking.metric())
          .append(' ')
          .append(Numbers.share(Ranking.value(first, ranking.metric())))
          .append("; mean ")
          .append(Numbers.share(data.scores().mean(ranking.metric())))
          .append("). ");
    }
    if (all.anomalous() > 0) {
      text.append(
              all.missed() == 0
                  ? "No anomalous image is missed"
                  : all.missed()
                      + " of "
                      + Numbers.count(all.anomalous(), "anomalous image", "anomalous images")
                      + (all.missed() == 1 ? " is missed" : " are missed"))
          .append(", ");
    }
    if (all.normal() > 0) {
      text.append(all.alarms())
          .append(" of ")
          .append(Numbers.count(all.normal(), "normal image", "normal images"))
          .append(all.alarms() == 1 ? " raises a false alarm." : " raise a false alarm.");
    }
    return text.toString();
  }

  private static String both(Verdicts.Confusion common) {
    return "These counts use each category's own threshold. With the common one (predict without"
        + " --category): "
        + common.missed()
        + " missed, "
        + Numbers.count(common.alarms(), "false alarm", "false alarms")
        + ".";
  }

  private void tiles(Html html) {
    html.open("dl", "class", "tiles");
    for (String metric : ranking.headline()) {
      Scores.Mean mean =
          data.scores().means().stream()
              .filter(m -> m.metric().equals(metric))
              .findFirst()
              .orElseGet(() -> new Scores.Mean(metric, Double.NaN, 0, 0));
      tile(
          html,
          metric,
          Numbers.share(mean.value()),
          mean.categories() == 1
              ? ""
              : "mean, " + mean.defined() + " of " + mean.categories() + " categories");
    }
    Verdicts.Confusion all = verdicts.all();
    if (all.anomalous() > 0) {
      tile(html, "missed", String.valueOf(all.missed()), "of " + all.anomalous() + " anomalous");
    }
    if (all.normal() > 0) {
      tile(html, "false alarms", String.valueOf(all.alarms()), "of " + all.normal() + " normal");
    }
    html.close();
  }

  private static void tile(Html html, String name, String value, String small) {
    html.open("div").leaf("dt", name).open("dd");
    html.leaf("strong", value).leaf("span", small).close().close();
  }

  private void weakest(Html html) {
    html.open("div").leaf("h3", "Weakest categories");
    html.open("ol", "class", "weakest");
    for (Scores.Group group : ranking.weakest()) {
      double value = Ranking.value(group, ranking.metric());
      Verdicts.Confusion counts = verdicts.confusion(group.category());
      html.open("li");
      html.leaf("a", group.category(), "href", "#" + ranking.anchor(group.category()));
      TableSection.bar(html.raw(" "), value);
      html.leaf(
          "span",
          counts.missed()
              + " missed, "
              + Numbers.count(counts.alarms(), "false alarm", "false alarms"),
          "class",
          "small");
      html.close();
    }
    html.close();
    html.leaf("p", "by " + ranking.metric(), "class", "small").close();
  }

  private void mistakes(Html html) {
    html.open("div").leaf("h3", "Clearest mistakes");
    List<ImageResult> wrong = verdicts.wrong();
    if (wrong.isEmpty()) {
      html.leaf("p", "None: every verdict is right.");
    }
    html.open("ul", "class", "mistakes");
    for (ImageResult image : wrong.subList(0, Math.min(MOST_MISTAKES, wrong.size()))) {
      html.open("li");
      String verdict = verdicts.word(image.category(), image.anomalous(), image.score());
      GallerySection.chip(html, verdict);
      html.raw(" ").leaf("a", image.path(), "href", "#" + ranking.anchor(image.category()));
      html.leaf(
          "span",
          image.defect()
              + ", score "
              + Numbers.score(image.score())
              + ", threshold "
              + Numbers.score(verdicts.threshold(image.category())),
          "class",
          "small");
      html.close();
    }
    html.close();
    if (wrong.size() > MOST_MISTAKES) {
      html.leaf("p", "and " + (wrong.size() - MOST_MISTAKES) + " more", "class", "small");
    }
    html.close();
  }
}
