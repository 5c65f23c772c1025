/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Pixels;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Threshold;
import uniass.onnx.OnnxModel;

/** Holds a graph's results against the network's. */
final class Comparison {

  /** What a map's pixel may differ by, relative to the map's range. */
  static final double TOLERANCE = 2e-5;

  private final Reference reference;
  private final OnnxModel model;
  private final boolean pixels;
  private final Optional<Threshold> threshold;
  private final ImageScore imageScore;
  private double deviation;
  private double scoreDeviation;
  private CheckImage worst;

  Comparison(
      Reference reference,
      OnnxModel model,
      boolean pixels,
      Optional<Threshold> threshold,
      ImageScore imageScore) {
    this.reference = reference;
    this.model = model;
    this.pixels = pixels;
    this.threshold = threshold;
    this.imageScore = imageScore;
  }

  /** Compares images: each alone, then the first ones, which are of one size, as a batch. */
  List<CheckRecord.Result> compare(List<CheckImage> images, int batch) {
    List<CheckRecord.Result> results = new ArrayList<>();
    List<float[]> maps = new ArrayList<>();
    for (CheckImage image : images) {
      float[] expected = reference.map(image.pixels()).values();
      maps.add(expected);
      results.add(CheckRecord.Result.of(image.name(), expected, imageScore));
    }
    if (batch != 0) { // the file is for that many images
      List<CheckImage> repeated = new ArrayList<>();
      for (int i = 0; i < batch; i++) {
        repeated.add(images.get(0));
      }
      compare(repeated, Collections.nCopies(batch, maps.get(0)), results);
      return results.subList(0, 1);
    }
    for (int i = 0; i < images.size(); i++) {
      compare(images.subList(i, i + 1), maps.subList(i, i + 1), results);
    }
    compare(images.subList(0, 3), maps.subList(0, 3), results);
    return results;
  }

  private void compare(
      List<CheckImage> images, List<float[]> expected, List<CheckRecord.Result> results) {
    Map<String, float[]> outputs = run(images.stream().map(CheckImage::pixels).toList());
    float[] all = outputs.get(ExportedGraph.MAP);
    int size = expected.get(0).length;
    for (int i = 0; i < images.size(); i++) {
      CheckRecord.Result truth = CheckRecord.Result.of("", expected.get(i), imageScore);
      float[] map = Arrays.copyOfRange(all, i * size, (i + 1) * size);
      double differs = difference(map, expected.get(i)) / truth.range();
      if (!(differs <= deviation)) {
        deviation = differs;
        worst = images.get(i);
      }
      double score = outputs.get(ExportedGraph.SCORE)[i];
      scoreDeviation =
          Math.max(scoreDeviation, Math.abs(score - truth.score()) / Math.abs(truth.score()));
      verdict(images.get(i), outputs, i, truth.score());
    }
  }

  private void verdict(CheckImage image, Map<String, float[]> outputs, int index, float score) {
    if (threshold.isPresent()) {
      boolean expected = threshold.get().anomalous(score);
      boolean found = outputs.get(ExportedGraph.VERDICT)[index] != 0;
      if (expected != found) {
        throw new UniassException(
            "the exported model judges '%s' otherwise: its score is %s, the model's %s, the threshold %s"
                .formatted(
                    image.name(),
                    outputs.get(ExportedGraph.SCORE)[index],
                    score,
                    threshold.get().value()));
      }
    }
  }

  private Map<String, float[]> run(List<Pixels> images) {
    return pixels
        ? Runs.pixels(model, images)
        : Runs.normalized(
            model,
            images.stream().map(reference::normalized).toList(),
            reference.height(),
            reference.width());
  }

  /** The largest difference; NaN counts as one. */
  static double difference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = Math.abs((double) a[i] - b[i]);
      largest = difference <= largest ? largest : difference;
      if (Double.isNaN(difference)) {
        return Double.NaN;
      }
    }
    return largest;
  }

  double deviation() {
    return deviation;
  }

  double scoreDeviation() {
    return scoreDeviation;
  }

  /** The image with the largest deviation. */
  CheckImage worst() {
    return worst;
  }

  /** What this product computes. */
  interface Reference {
    /** The anomaly map of an image. */
    AnomalyMap map(Pixels image);

    /** The network's input (3,H,W) of an image. */
    float[] normalized(Pixels image);

    int height();

    int width();
  }
}
