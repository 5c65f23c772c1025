package uniass.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uniass.api.metric.EvaluationProtocol;

/** The data set, the conventions, and how the figures came about. */
final class AboutSection {

  private final ReportData data;

  AboutSection(ReportData data) {
    this.data = data;
  }

  void write(Html html) {
    samples(html);
    html.open("section", "id", "about").leaf("h2", "How these figures came about");
    html.open("div", "class", "columns");
    html.open("div").leaf("h3", "Conventions: rule set " + data.scores().protocol().name());
    TableSection.facts(html, conventions(data.scores().protocol()));
    html.close();
    html.open("div").leaf("h3", "Run");
    TableSection.facts(html, data.facts());
    html.close();
    if (!data.durations().isEmpty()) {
      Map<String, String> times = new LinkedHashMap<>();
      data.durations().forEach((name, time) -> times.put(name, Figures.duration(time)));
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
          html.open("div", "class", "scroll");
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

  private static Map<String, String> conventions(EvaluationProtocol rules) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("anomalous pixel", "mask value above " + rules.maskThreshold());
    facts.put(
        "anomalous image",
        switch (rules.labels()) {
          case MASK -> "has an anomalous pixel; the data set's label where no mask is known";
          case IMAGE -> "as the data set labels it";
        });
    facts.put(
        "map and mask of different size",
        switch (rules.sizes()) {
          case EQUAL -> "an error";
          case MAP_TO_MASK -> "the map is resized, bilinear";
          case MASK_TO_MAP -> "the mask is resized, nearest neighbor";
          case MASK_TO_MAP_SMOOTH -> "the mask is resized, antialiased, and cut at one half";
        });
    facts.put(
        "image score",
        switch (rules.imageScore()) {
          case MAX -> "the map's largest value";
          case STD -> "the standard deviation of the map's values";
          case MEAN -> "the mean of the map's values";
          case TOP_1_PERCENT -> "the mean of the largest hundredth of the map's values";
        });
    facts.put(
        "threshold of Dice and IoU",
        switch (rules.dice()) {
          case PRECISION_RECALL_SUM -> "where precision + recall is highest, one a category";
          case F1_MAX -> "where the pixels' F1 is highest, one a category";
        });
    facts.put("means", "over the categories where a figure is defined");
    return facts;
  }
}
