/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Label;
import uniass.api.metric.Scores;
import uniass.io.HeatMap;

/** Images of every category: image, mask, heat map and overlay side by side. */
final class GallerySection {

  private static final int LONGEST_SIDE = 320;
  private static final int LONGEST_OVERLAY = 520;

  private final ReportData data;
  private final Ranking ranking;
  private final Verdicts verdicts;
  private final Optional<Verdicts> common;

  GallerySection(ReportData data, Ranking ranking, Verdicts verdicts) {
    this.data = data;
    this.ranking = ranking;
    this.verdicts = verdicts;
    this.common = Verdicts.common(data.scores(), data.thresholds());
  }

  void write(Html html) {
    html.open("section", "id", "images").leaf("h2", "Images, weakest category first");
    html.open("p", "class", "small");
    html.text("Overlay: ").leaf("span", "ground truth", "class", "key truth").text(" ");
    html.leaf("span", "found by the model", "class", "key marked");
    html.close();
    ranking.weakestFirst().forEach(group -> category(html, group));
    html.close();
  }

  private void category(Html html, Scores.Group group) {
    String category = group.category();
    html.open("article", "id", ranking.anchor(category), "class", "category");
    html.leaf("h3", category);
    html.open("p", "class", "small");
    html.text(
        Numbers.count(group.images(), "image", "images")
            + ", "
            + group.anomalousImages()
            + " anomalous");
    for (String metric : ranking.headline()) {
      html.text(" \u00b7 " + metric + " " + Numbers.share(Ranking.value(group, metric)));
    }
    html.close();
    verdict(html, category);
    html.open("div", "class", "chart histogram js-only", "data-category", category).close();
    Map<GalleryImage.Reason, List<GalleryImage>> shown = new EnumMap<>(GalleryImage.Reason.class);
    for (GalleryImage.Reason reason : GalleryImage.Reason.values()) {
      shown.put(
          reason,
          data.gallery().stream()
              .filter(p -> p.reason() == reason && p.image().category().equals(category))
              .toList());
    }
    // what predict's masks show; one chosen with the test masks only if the model has none
    double threshold =
        verdicts.chosenHere() ? Ranking.pixelThreshold(group) : verdicts.threshold(category);
    List<AnomalyMap> maps =
        shown.values().stream().flatMap(List::stream).map(GalleryImage::map).toList();
    Scale scale = Scale.of(maps, threshold);
    Map<String, View> second = second(category);
    if (!maps.isEmpty()) {
      scale(html, scale, threshold);
    }
    shown.forEach(
        (reason, list) -> {
          if (!list.isEmpty()) {
            html.leaf("h4", reason.heading());
            html.open("div", "class", "cards");
            list.forEach(image -> card(html, new View("", image, scale, threshold), second));
            html.close();
          }
        });
    html.close();
  }

  /**
   * An image as one model sees it.
   *
   * @param suffix what its labels say of the model
   */
  private record View(String suffix, GalleryImage shown, Scale scale, double threshold) {}

  /** The category's images as the second model sees them, by their paths. */
  private Map<String, View> second(String category) {
    Map<String, View> views = new HashMap<>();
    data.beside()
        .ifPresent(
            other -> {
              List<GalleryImage> images =
                  other.images().stream()
                      .filter(p -> p.image().category().equals(category))
                      .toList();
              double threshold = other.threshold(category);
              Scale scale = Scale.of(images.stream().map(GalleryImage::map).toList(), threshold);
              for (GalleryImage image : images) {
                views.put(
                    image.image().path(), new View(", " + other.name(), image, scale, threshold));
              }
            });
    return views;
  }

  private void verdict(Html html, String category) {
    Verdicts.Confusion counts = verdicts.confusion(category);
    html.open("p", "class", "counts");
    count(html, "caught", counts.caught(), counts.anomalous());
    count(html, "missed", counts.missed(), counts.anomalous());
    count(html, "false alarm", counts.alarms(), counts.normal());
    count(html, "passed", counts.passed(), counts.normal());
    html.close();
  }

  private static void count(Html html, String word, int count, int all) {
    if (all > 0) {
      chip(html, count == 0 ? "none" : word, word + " " + count + "/" + all);
      html.raw(" ");
    }
  }

  private void scale(Html html, Scale scale, double threshold) {
    html.open("p", "class", "small scale");
    html.text("Color scale of this category: " + Numbers.score(scale.low()) + " ");
    html.open("span", "class", "ramp").close();
    html.text(" " + Numbers.score(scale.high()));
    if (!Double.isNaN(threshold)) {
      html.text("; pixels are anomalous from " + Numbers.score(threshold) + " on");
    }
    html.close();
  }

  private void card(Html html, View view, Map<String, View> second) {
    GalleryImage shown = view.shown();
    String name = shown.image().path();
    html.open("figure", "class", "card").open("div", "class", "four");
    image(
        html,
        "image",
        "",
        EncodedImage.jpeg(EncodedImage.shrink(MapImages.image(shown.pixels()), LONGEST_SIDE)),
        name);
    if (shown.mask().isEmpty()) {
      String why = shown.image().label() == Label.NORMAL ? "no defect" : "no mask";
      html.open("div").leaf("div", why, "class", "nothing").leaf("span", "mask").close();
    } else {
      image(html, "mask", "", EncodedImage.png(HeatMap.draw(shown.mask().get())), name);
    }
    maps(html, view);
    Optional<View> other = Optional.ofNullable(second.get(name));
    other.ifPresent(v -> maps(html, v));
    html.close().open("figcaption");
    boolean anomalous = shown.image().label() == Label.ANOMALOUS;
    String verdict = verdicts.word(shown.image().category(), anomalous, shown.score());
    if (!verdict.isEmpty()) {
      chip(html, verdict);
      html.raw(" ");
    }
    String atCommon =
        common.map(c -> c.word(shown.image().category(), anomalous, shown.score())).orElse(verdict);
    if (!atCommon.equals(verdict)) {
      html.leaf("span", "with the common threshold " + atCommon, "class", "small").raw(" ");
    }
    html.leaf("code", name);
    html.text(" " + shown.image().defect() + ", score " + Numbers.score(shown.score()));
    if (!Double.isNaN(shown.precision())) {
      html.text(", average precision " + Numbers.share(shown.precision()));
    }
    other.ifPresent(v -> html.text(secondVerdict(v)));
    html.close().close();
  }

  private static String secondVerdict(View view) {
    double score = view.shown().score();
    String verdict =
        Double.isNaN(view.threshold())
            ? ""
            : score >= view.threshold() ? " (anomalous)" : " (normal)";
    return view.suffix() + ": score " + Numbers.score(score) + verdict;
  }

  private void maps(Html html, View view) {
    GalleryImage shown = view.shown();
    String name = shown.image().path();
    boolean marks = verdicts.chosenHere() || shown.score() >= view.threshold();
    double marked = marks ? view.threshold() : Double.NaN;
    image(
        html,
        "heat map",
        view.suffix(),
        EncodedImage.png(HeatMap.draw(shown.map(), view.scale().low(), view.scale().high())),
        name);
    image(
        html,
        "overlay",
        view.suffix(),
        EncodedImage.jpeg(
            EncodedImage.shrink(MapImages.overlay(shown, view.scale(), marked), LONGEST_OVERLAY)),
        name);
  }

  private static void image(Html html, String what, String suffix, String uri, String name) {
    html.open("div", "class", what.replace(' ', '-'));
    html.single("img", "src", uri, "alt", what + suffix + " of " + name);
    html.leaf("span", what + suffix).close();
  }

  /** A verdict that stands out. */
  static void chip(Html html, String verdict) {
    chip(html, verdict, verdict);
  }

  private static void chip(Html html, String verdict, String text) {
    html.leaf("span", text, "class", "chip " + verdict.replace(' ', '-'));
  }
}
