/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.evaluate;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.Mask;
import uniass.api.data.Pixels;
import uniass.api.metric.Threshold;
import uniass.api.metric.ThresholdCalibrator;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.ExperimentSpec.DatasetSpec;
import uniass.inference.model.ModelLoader.LoadedModel;
import uniass.inference.pipeline.DatasetImages;
import uniass.inference.pipeline.DatasetImages.Truth;
import uniass.inference.pipeline.NetworkMaps;
import uniass.inference.pipeline.Pipeline;
import uniass.report.GalleryImage;
import uniass.report.GalleryImage.Reason;
import uniass.runner.queue.Services;

/**
 * The images of each category that say most about a network: those whose defects it finds best and
 * worst, and the normal images that look most anomalous to it. It only keeps two numbers per image;
 * the few chosen images are computed again.
 */
final class Gallery {

  private final int each;
  private final Map<String, Scored> scored = new ConcurrentHashMap<>();

  /** Shows so many images of each kind and category. */
  Gallery(int each) {
    this.each = each;
  }

  private record Scored(Image image, double score, double precision) {}

  /** Notes how an image was scored. */
  void accept(Truth truth, AnomalyMap map, double score) {
    scored.put(
        truth.image().path(),
        new Scored(
            truth.image(),
            score,
            ImageAveragePrecision.of(map.values(), truth.mask().map(Mask::values).orElse(null))));
  }

  /**
   * Computes the chosen images.
   *
   * @param thresholds by category, to find the borderline images; may be empty
   */
  List<GalleryImage> show(
      Services services,
      ExperimentSpec spec,
      Device device,
      AnomalyNetwork network,
      Map<String, Threshold> thresholds) {
    Map<Image, Reason> chosen = choose(thresholds);
    List<GalleryImage> shown = new ArrayList<>();
    if (chosen.isEmpty()) {
      return shown;
    }
    ShownImages images = new ShownImages(services, spec.dataset());
    new Pipeline(new NetworkMaps(services.engine(), device, network))
        .run(
            services
                .images(spec)
                .source(
                    List.copyOf(chosen.keySet()),
                    spec.dataset().batches(network.normalization(), spec.evaluate().batch(), true)),
            (truth, map) -> {
              Image image = truth.image();
              Scored of = scored.get(image.path());
              Pixels pixels = images.pixels(image);
              shown.add(
                  new GalleryImage(
                      chosen.get(image),
                      image,
                      pixels,
                      ShownImages.fit(map, pixels),
                      truth.mask().map(mask -> ShownImages.fit(mask, pixels)),
                      of.score(),
                      of.precision()));
            });
    return shown;
  }

  /** The same images under another model, which may see them at another size, or in tiles. */
  static List<GalleryImage> under(
      LoadedModel other, List<GalleryImage> shown, Services services, ExperimentSpec spec) {
    Map<String, GalleryImage> byPath = new LinkedHashMap<>();
    shown.forEach(s -> byPath.put(s.image().path(), s));
    DatasetSpec own = other.spec().dataset();
    DatasetSpec seen = own.with(spec.dataset().root(), own.depth());
    List<GalleryImage> under = new ArrayList<>();
    new Pipeline(new NetworkMaps(services.engine(), other.device(), other.network()))
        .run(
            new DatasetImages(services.images(), seen)
                .source(
                    shown.stream().map(GalleryImage::image).toList(),
                    seen.batches(other.network().normalization(), spec.evaluate().batch(), false)),
            (truth, map) -> {
              GalleryImage first = byPath.get(truth.image().path());
              under.add(
                  new GalleryImage(
                      first.reason(),
                      first.image(),
                      first.pixels(),
                      ShownImages.fit(map, first.pixels()),
                      first.mask(),
                      other.metadata().imageScore().of(map.values()),
                      Double.NaN));
            });
    return under;
  }

  private Map<Image, Reason> choose(Map<String, Threshold> thresholds) {
    Map<Image, Reason> chosen = new LinkedHashMap<>();
    Set<String> categories = new LinkedHashSet<>();
    List<Scored> all =
        scored.values().stream().sorted(Comparator.comparing(f -> f.image().path())).toList();
    all.forEach(f -> categories.add(f.image().category()));
    for (String category : categories) {
      List<Scored> own = all.stream().filter(f -> f.image().category().equals(category)).toList();
      List<Scored> found =
          own.stream()
              .filter(f -> !Double.isNaN(f.precision()))
              .sorted(Comparator.comparingDouble(Scored::precision))
              .toList();
      int half = Math.min(each, (found.size() + 1) / 2);
      for (int i = 0; i < half; i++) {
        chosen.put(found.get(found.size() - 1 - i).image(), Reason.BEST);
      }
      for (int i = 0; i < Math.min(each, found.size() - half); i++) {
        chosen.put(found.get(i).image(), Reason.WORST);
      }
      own.stream()
          .filter(f -> f.image().label() == Label.NORMAL)
          .sorted(Comparator.comparingDouble(Scored::score).reversed())
          .limit(each)
          .forEach(f -> chosen.put(f.image(), Reason.FALSE_ALARM));
      Threshold threshold =
          thresholds.getOrDefault(category, thresholds.get(ThresholdCalibrator.ALL));
      if (threshold != null) {
        own.stream()
            .filter(f -> !chosen.containsKey(f.image()))
            .sorted(Comparator.comparingDouble(f -> Math.abs(f.score() - threshold.value())))
            .limit(each)
            .forEach(f -> chosen.put(f.image(), Reason.BORDERLINE));
      }
    }
    return chosen;
  }
}
