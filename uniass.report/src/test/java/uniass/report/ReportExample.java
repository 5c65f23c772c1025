/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Image;
import uniass.api.data.Mask;
import uniass.api.data.Pixels;
import uniass.api.data.Split;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.MetricValue;
import uniass.api.metric.Scores;
import uniass.api.metric.Threshold;
import uniass.api.metric.ThresholdCalibrator;

/** A made-up evaluation, as large as a real one; the same at every call. */
final class ReportExample {

  static final List<String> METRICS =
      List.of("pixel-ap", "pixel-auroc", "aupro", "dice", "pixel-f1-max", "image-auroc");

  private static final int SIZE = 128;
  private static final List<String> CATEGORIES =
      List.of(
          "bottle_caps",
          "brushed_metal",
          "capsules",
          "printed_board",
          "wood",
          "woven_fabric",
          "<script>alert('x')</script>");

  private final Random random = new Random(4);

  static ReportData create() {
    return new ReportExample().data();
  }

  /** The same, judged by thresholds that a model brought. */
  static ReportData judgedBy(Map<String, Threshold> thresholds, String origin) {
    ReportData data = create();
    return new ReportData(
        data.title(),
        data.scores(),
        data.others(),
        thresholds,
        Double.NaN,
        origin,
        data.history(),
        data.gallery(),
        data.beside(),
        data.samples(),
        data.experiment(),
        data.facts(),
        data.durations(),
        data.notes());
  }

  private ReportData data() {
    List<Scores.Group> groups = new ArrayList<>();
    List<Scores.Group> defects = new ArrayList<>();
    List<Scores.ImageResult> images = new ArrayList<>();
    List<GalleryImage> gallery = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < CATEGORIES.size(); i++) {
      String category = CATEGORIES.get(i);
      boolean withoutDefects = i == CATEGORIES.size() - 1;
      double quality = 0.95 - 0.1 * ((i * 5) % 7);
      List<Scores.ImageResult> own = scores(category, quality, withoutDefects);
      images.addAll(own);
      groups.add(group(category, "", quality, own, withoutDefects));
      defects.add(group(category, "scratch", quality - 0.05, own, withoutDefects));
      for (GalleryImage.Reason reason : GalleryImage.Reason.values()) {
        for (int k = 0; k < 2; k++) {
          gallery.add(image(category, reason, k, withoutDefects));
        }
      }
      for (int k = 0; k < 8; k++) {
        samples.add(new Sample(category, k < 4 ? "good" : "scratch", draw(i, k >= 4 ? k : -1)));
      }
    }
    Scores scores =
        new Scores(
            EvaluationProtocol.UNIASS, METRICS, groups, defects, means(groups), Double.NaN, images);
    List<Map<String, Double>> history = new ArrayList<>();
    for (int epoch = 1; epoch <= 30; epoch++) {
      history.add(
          Map.of(
              "epoch", (double) epoch,
              "loss", 3 * Math.exp(-epoch / 8.0) + 0.2 + 0.02 * random.nextGaussian(),
              "held-out-loss", 3 * Math.exp(-epoch / 8.0) + 0.3));
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("product", "UniAS on OSGi 1.0.0");
    facts.put("engine", "PyTorch 2.7.1 (DJL 0.36.0)");
    facts.put("seed", "133");
    Map<String, Duration> durations = new LinkedHashMap<>();
    durations.put("training", Duration.ofSeconds(412));
    durations.put("evaluation", Duration.ofMillis(23_400));
    return new ReportData(
        "demo & <b>friends</b>",
        scores,
        List.of(
            new ReportData.Row("untrained", Map.of("pixel-ap", 0.21, "pixel-auroc", 0.71)),
            new ReportData.Row("mean-picture", Map.of("pixel-ap", 0.17, "dice", Double.NaN))),
        Map.of(),
        Double.NaN,
        "",
        history,
        gallery,
        Optional.of(second(gallery)),
        samples,
        "name: demo\ndataset:\n  reader: mvtec-ad # </script><img src=http://x.example/y>\n",
        facts,
        durations,
        List.of("pixel-ap: defined for 6 of 7 categories; the mean is over those"));
  }

  /** A model that sees the opposite: what is high for the first is low for it. */
  private static ReportData.SecondModel second(List<GalleryImage> gallery) {
    List<GalleryImage> images = new ArrayList<>();
    for (GalleryImage shown : gallery) {
      float[] values = shown.map().values().clone();
      for (int i = 0; i < values.length; i++) {
        values[i] = 1 - values[i];
      }
      images.add(
          new GalleryImage(
              shown.reason(),
              shown.image(),
              shown.pixels(),
              new AnomalyMap(SIZE, SIZE, values),
              shown.mask(),
              shown.score() / 2,
              Double.NaN));
    }
    return new ReportData.SecondModel(
        "<second>.safetensors",
        Map.of(ThresholdCalibrator.ALL, new Threshold(0.3, 0.01, 0.95, 300, 0, 0.00995, true, 299)),
        images);
  }

  private List<Scores.ImageResult> scores(String category, double quality, boolean withoutDefects) {
    List<Scores.ImageResult> scores = new ArrayList<>();
    for (int k = 0; k < 30; k++) {
      boolean anomalous = k >= 12 && !withoutDefects;
      double score = Math.exp(-3 + (anomalous ? 3 * quality : 0) + 0.7 * random.nextGaussian());
      String defect = anomalous ? (k % 2 == 0 ? "scratch" : "stain") : "good";
      scores.add(
          new Scores.ImageResult(
              category + "/test/" + defect + "/" + k + ".png", category, defect, anomalous, score));
    }
    return scores;
  }

  private Scores.Group group(
      String category,
      String defect,
      double quality,
      List<Scores.ImageResult> images,
      boolean withoutDefects) {
    Map<String, MetricValue> values = new HashMap<>();
    for (String metric : METRICS) {
      double value = Math.min(1, quality + 0.05 * METRICS.indexOf(metric));
      values.put(
          metric,
          withoutDefects
              ? MetricValue.undefined()
              : new MetricValue(
                  value, metric.equals("pixel-f1-max") ? Map.of("threshold", 0.5) : Map.of()));
    }
    double top = images.stream().mapToDouble(Scores.ImageResult::score).max().orElse(1);
    double[] edges = new double[21];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = top * i / 20;
    }
    long[] normal = new long[20];
    long[] anomalous = new long[20];
    for (Scores.ImageResult image : images) {
      (image.anomalous() ? anomalous : normal)[(int) Math.min(19, 20 * image.score() / top)]++;
    }
    long defective = images.stream().filter(Scores.ImageResult::anomalous).count();
    return new Scores.Group(
        category,
        defect,
        images.size(),
        defective,
        30 * SIZE * SIZE,
        900,
        values,
        withoutDefects ? List.of() : curves(quality),
        new Scores.Histogram(edges, normal, anomalous));
  }

  private static List<Scores.Curve> curves(double quality) {
    List<Scores.Curve> curves = new ArrayList<>();
    for (String name : List.of("pixel-pr", "pixel-roc", "pro", "image-roc")) {
      double[] x = new double[101];
      double[] y = new double[101];
      for (int i = 0; i <= 100; i++) {
        x[i] = i / 100.0;
        y[i] =
            name.endsWith("pr")
                ? 1 - Math.pow(x[i], 3 * quality + 0.3) * 0.95
                : Math.pow(x[i], 1 / (1 + 12 * quality));
      }
      curves.add(new Scores.Curve(name, x, y, new double[101]));
    }
    return curves;
  }

  private static List<Scores.Mean> means(List<Scores.Group> groups) {
    List<Scores.Mean> means = new ArrayList<>();
    for (String metric : METRICS) {
      double[] defined =
          groups.stream()
              .mapToDouble(g -> g.values().get(metric).value())
              .filter(v -> !Double.isNaN(v))
              .toArray();
      means.add(
          new Scores.Mean(
              metric,
              java.util.Arrays.stream(defined).average().orElse(Double.NaN),
              defined.length,
              groups.size()));
    }
    return means;
  }

  private GalleryImage image(
      String category, GalleryImage.Reason reason, int k, boolean withoutDefects) {
    int ground = CATEGORIES.indexOf(category);
    boolean normal = reason == GalleryImage.Reason.FALSE_ALARM || withoutDefects;
    int seed = normal ? -1 : 10 * ground + k;
    Pixels pixels = draw(ground, seed);
    byte[] mask = new byte[SIZE * SIZE];
    float[] map = new float[SIZE * SIZE];
    boolean found = reason == GalleryImage.Reason.BEST;
    int cx = 40 + (seed * 7 & 31);
    int cy = 50 + (seed * 13 & 31);
    for (int i = 0; i < map.length; i++) {
      double dx = i % SIZE - cx;
      double dy = i / SIZE - cy;
      double distance = Math.sqrt(dx * dx + dy * dy * 2.5);
      mask[i] = (byte) (!normal && distance < 18 ? 1 : 0);
      double wrong = Math.hypot(i % SIZE - 100, i / SIZE - 95);
      map[i] =
          (float)
              (0.05
                  + 0.04 * Math.sin(i % SIZE / 9.0) * Math.cos(i / SIZE / 7.0)
                  + (found ? 0.9 : 0.25) * Math.exp(-distance * distance / 500)
                  + (found ? 0.1 : 0.65) * Math.exp(-wrong * wrong / 300));
    }
    String path = category + "/test/" + (normal ? "good/" : "scratch/") + reason + k + ".png";
    Image of =
        normal
            ? Image.normal(path, category, Split.TEST)
            : Image.anomalous(path, category, "scratch", List.of(path));
    return new GalleryImage(
        reason,
        of,
        pixels,
        new AnomalyMap(SIZE, SIZE, map),
        k == 1 && normal ? Optional.empty() : Optional.of(new Mask(SIZE, SIZE, mask)),
        found ? 0.9 : 0.07,
        normal ? Double.NaN : found ? 0.91 : 0.2);
  }

  /** A patterned ground, with a dark spot unless the seed is negative. */
  private static Pixels draw(int ground, int seed) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.getHSBColor(ground / 7f, 0.35f, 0.75f));
    graphics.fillRect(0, 0, SIZE, SIZE);
    graphics.setStroke(new BasicStroke(2));
    graphics.setColor(Color.getHSBColor(ground / 7f, 0.5f, 0.6f));
    for (int i = -SIZE; i < SIZE; i += 8 + ground) {
      graphics.drawLine(i, 0, i + SIZE, SIZE);
      graphics.drawOval(i, i, 40, 40);
    }
    if (seed >= 0) {
      graphics.setColor(new Color(60, 40, 30));
      graphics.fillOval(22 + (seed * 7 & 31), 39 + (seed * 13 & 31), 36, 23);
    }
    graphics.dispose();
    byte[] rgb = new byte[3 * SIZE * SIZE];
    for (int i = 0; i < SIZE * SIZE; i++) {
      int color = image.getRGB(i % SIZE, i / SIZE);
      rgb[3 * i] = (byte) (color >> 16);
      rgb[3 * i + 1] = (byte) (color >> 8);
      rgb[3 * i + 2] = (byte) color;
    }
    return new Pixels(SIZE, SIZE, rgb);
  }
}
