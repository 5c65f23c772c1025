/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uniass.api.metric.EvaluationProtocol;

/** The data set, the evaluation protocol, and how the metric values were computed. */
final class AboutSection {

  private final ReportData data;

  AboutSection(ReportData data) {
    this.data = data;
  }

  void write(Html html) {
    samples(html);
    html.open("section", "id", "about").leaf("h2", "How these values were computed");
    html.open("div", "class", "columns");
    html.open("div").leaf("h3", "Evaluation protocol: " + data.scores().protocol().name());
    TableSection.facts(html, protocol(data.scores().protocol()));
    html.close();
    html.open("div").leaf("h3", "Run");
    TableSection.facts(html, data.facts());
    html.close();
    if (!data.durations().isEmpty()) {
      Map<String, String> times = new LinkedHashMap<>();
      data.durations().forEach((name, time) -> times.put(name, Numbers.duration(time)));
      html.open("div").leaf("h3", "Duration");
      TableSection.facts(html, times);
      html.close();
    }
    html.close();
    html.open("details").leaf("summary", "Configuration");
    html.leaf("pre", data.experiment()).close();
    html.close();
  }

  private void samples(Html html) {
    if (data.samples().isEmpty()) {
      return;
    }
    html.open("section", "id", "data").leaf("h2", "The data set");
    Map<String, List<Sample>> byCategory = new TreeMap<>();
    for (Sample sample : data.samples()) {
      byCategory.computeIfAbsent(sample.category(), c -> new java.util.ArrayList<>()).add(sample);
    }
    byCategory.forEach(
        (category, list) -> {
          html.open("figure", "class", "sheet").leaf("figcaption", category);
          html.scrolling("Samples of " + category);
          html.single(
              "img",
              "src",
              EncodedImage.jpeg(ContactSheet.row(list)),
              "alt",
              category + ": " + String.join(", ", list.stream().map(Sample::kind).toList()));
          html.close();
          html.leaf(
              "p", String.join(", ", list.stream().map(Sample::kind).toList()), "class", "small");
          html.close();
        });
    html.close();
  }

  private static Map<String, String> protocol(EvaluationProtocol protocol) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("anomalous pixel", "mask value above " + protocol.maskThreshold());
    facts.put(
        "anomalous image",
        switch (protocol.labels()) {
          case MASK -> "has an anomalous pixel; without a mask, the data set's label decides";
          case IMAGE -> "as the data set labels it";
        });
    facts.put(
        "map and mask of different size",
        switch (protocol.sizes()) {
          case EQUAL -> "an error";
          case MAP_TO_MASK -> "the map is resized, bilinear";
          case MASK_TO_MAP -> "the mask is resized, nearest neighbor";
          case MASK_TO_MAP_SMOOTH -> "the mask is resized, antialiased, and cut at one half";
        });
    facts.put(
        "image score",
        switch (protocol.imageScore()) {
          case MAX -> "the map's largest value";
          case STD -> "the standard deviation of the map's values";
          case MEAN -> "the mean of the map's values";
          case TOP_1_PERCENT -> "the mean of the largest 1 % of the map's values";
        });
    facts.put(
        "threshold of Dice and IoU",
        switch (protocol.dice()) {
          case PRECISION_RECALL_SUM -> "at the highest precision + recall, one per category";
          case F1_MAX -> "at the highest F1 of pixels, one per category";
        });
    facts.put("means", "over the categories for which the metric is defined");
    return facts;
  }
}
