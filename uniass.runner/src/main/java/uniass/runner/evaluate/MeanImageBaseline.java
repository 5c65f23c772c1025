/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.evaluate;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Label;
import uniass.api.data.Pixels;
import uniass.api.data.Split;
import uniass.api.data.Tile;
import uniass.api.data.Tiling;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.ScoredImage;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.api.metric.ScoringRun;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.pipeline.TiledMap;
import uniass.runner.queue.RunControl;
import uniass.runner.queue.Services;
import uniass.runner.score.TestSet;

/**
 * The simplest detector there is: each pixel's Euclidean distance, over red, green and blue, to the
 * mean of the category's training images. What it finds needs no network.
 */
final class MeanImageBaseline {

  private final Services services;
  private final Path root;
  private final ImageFormat format;
  private final ExperimentSpec spec;
  private final RunControl control;

  MeanImageBaseline(Services services, ExperimentSpec spec, RunControl control) {
    this.services = services;
    this.spec = spec;
    this.control = control;
    this.root = spec.dataset().root();
    this.format = spec.dataset().wholeFormat();
  }

  Scores score(Dataset dataset, TestSet tests, ScoringOptions options) {
    List<Image> images = tests.images();
    Map<String, float[]> means =
        means(
            dataset.images(Split.TRAIN).stream()
                .filter(p -> p.label() != Label.ANOMALOUS)
                .toList());
    try (ScoringRun run = services.scoring().open(tests.metrics(), images, options)) {
      int done = 0;
      for (Image image : images) {
        float[] mean = means.get(image.category());
        if (mean == null) {
          throw new UniassException(
              "category '" + image.category() + "' has no training images to take a mean of");
        }
        run.add(scored(image, mean, options.protocol()));
        step(++done, images.size());
      }
      return run.result();
    }
  }

  /** At the model's size; at the image's own if the experiment inspects images by tiles. */
  private ScoredImage scored(Image image, float[] mean, EvaluationProtocol protocol) {
    Pixels own = services.images().decode(root.resolve(image.path()), format);
    AnomalyMap map = distance(services.images().resize(own, format), mean);
    if (spec.dataset().tiling().isEmpty()) {
      return ScoredImage.of(
          image, protocol, map, services.images().mask(root, image, format, false));
    }
    int height = own.height();
    int width = own.width();
    Tile whole = new Tiling(Math.max(height, width), 0).tiles(height, width).get(0);
    TiledMap large = new TiledMap(whole);
    large.add(whole, map);
    AnomalyMap joined = large.joined();
    return ScoredImage.of(image, protocol, joined, services.images(spec).mask(image, joined));
  }

  private void step(int done, int total) {
    control.step("baseline mean-picture", done, total);
    control.refuseIfStopped();
  }

  private Map<String, float[]> means(List<Image> training) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Image image : training) {
      byte[] rgb;
      try {
        rgb = pixels(image).rgb();
      } catch (UniassException e) {
        if (spec.dataset().skipUnreadable()) {
          continue; // training said so
        }
        throw e;
      }
      double[] sum = sums.computeIfAbsent(image.category(), c -> new double[rgb.length]);
      counts.merge(image.category(), 1, Integer::sum);
      for (int i = 0; i < rgb.length; i++) {
        sum[i] += rgb[i] & 0xff;
      }
    }
    Map<String, float[]> means = new LinkedHashMap<>();
    sums.forEach(
        (category, sum) -> {
          float[] mean = new float[sum.length];
          for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / counts.get(category));
          }
          means.put(category, mean);
        });
    return means;
  }

  private Pixels pixels(Image image) {
    return services
        .images()
        .resize(services.images().decode(root.resolve(image.path()), format), format);
  }

  static AnomalyMap distance(Pixels pixels, float[] mean) {
    float[] map = new float[pixels.height() * pixels.width()];
    for (int i = 0; i < map.length; i++) {
      double squares = 0;
      for (int c = 0; c < 3; c++) {
        double difference = (pixels.rgb()[3 * i + c] & 0xff) - mean[3 * i + c];
        squares += difference * difference;
      }
      map[i] = (float) Math.sqrt(squares);
    }
    return new AnomalyMap(pixels.height(), pixels.width(), map);
  }
}
