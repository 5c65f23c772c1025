/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import uniass.api.UniassException;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Pixels;
import uniass.api.inspection.ImageStatistics;
import uniass.api.inspection.NormalImages;
import uniass.api.metric.ThresholdCalibrator.NormalScore;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.NormalJson;
import uniass.inference.model.Reference;
import uniass.inference.pipeline.NetworkMaps;
import uniass.inference.pipeline.WholeMap;
import uniass.runner.queue.Services;

/**
 * What a model carries of its normal images, for those who use it: what they were like, and a few
 * of them, very small, with the maps that the network computes.
 */
final class NormalDescription {

  /** So many images of a category are looked at. */
  private static final int LOOKED_AT = 12;

  /** Fewer scores of unseen images than this say too little. */
  private static final int FEWEST_UNSEEN = 10;

  private static final int REFERENCES = 2;

  private final Services services;
  private final ExperimentSpec spec;
  private final TrainStep step;

  NormalDescription(Services services, ExperimentSpec spec, TrainStep step) {
    this.services = services;
    this.spec = spec;
    this.step = step;
  }

  /**
   * Describes normal images.
   *
   * @param images normal images, at least one of each category
   * @param scores those that thresholds were found from
   */
  Map<String, String> metadata(List<Image> images, List<NormalScore> scores) {
    Map<String, List<Image>> byCategory =
        images.stream()
            .collect(Collectors.groupingBy(Image::category, TreeMap::new, Collectors.toList()));
    Map<String, NormalImages> normal = new TreeMap<>();
    byCategory.forEach(
        (category, own) ->
            normal.put(
                category,
                describe(
                    own, scores.stream().filter(s -> s.category().equals(category)).toList())));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(NormalJson.KEY, NormalJson.of(normal));
    List<Reference> references =
        spread(images, REFERENCES).stream().flatMap(image -> reference(image).stream()).toList();
    if (!references.isEmpty()) {
      metadata.put(Reference.KEY, Reference.json(references));
    }
    return metadata;
  }

  private NormalImages describe(List<Image> images, List<NormalScore> scores) {
    List<NormalScore> unseen = scores.stream().filter(s -> !s.trained()).toList();
    boolean enough = unseen.size() >= FEWEST_UNSEEN;
    List<ImageStatistics> looks = new ArrayList<>();
    TreeSet<String> sizes = new TreeSet<>();
    for (Image image : spread(images, LOOKED_AT)) {
      decode(image)
          .ifPresent(
              pixels -> {
                sizes.add(pixels.width() + "x" + pixels.height());
                looks.add(ImageStatistics.of(seen(pixels)));
              });
    }
    return new NormalImages(
        (enough ? unseen : scores).stream().mapToDouble(NormalScore::score).sorted().toArray(),
        enough,
        sorted(looks, ImageStatistics::brightness),
        sorted(looks, ImageStatistics::sharpness),
        sizes);
  }

  /** As the network sees it, or as it is if it is cut into tiles. */
  private Pixels seen(Pixels pixels) {
    return spec.dataset().tiling().isPresent()
        ? pixels
        : services.images().resize(pixels, spec.dataset().wholeFormat());
  }

  private static double[] sorted(
      List<ImageStatistics> looks, ToDoubleFunction<ImageStatistics> value) {
    double[] values = looks.stream().mapToDouble(value).toArray();
    Arrays.sort(values);
    return values;
  }

  private Optional<Reference> reference(Image image) {
    ImageFormat format = spec.dataset().wholeFormat();
    return decode(image)
        .map(
            pixels -> {
              Pixels small =
                  services.images().resize(pixels, ImageFormat.of(Reference.SIDE, Reference.SIDE));
              return Reference.of(
                  small,
                  WholeMap.of(
                      services.images(),
                      small,
                      format,
                      step.network().normalization(),
                      new NetworkMaps(services.engine(), step.device(), step.network())));
            });
  }

  /** The image; nothing if it cannot be read, which the calibration has said. */
  private Optional<Pixels> decode(Image image) {
    try {
      return Optional.of(
          services
              .images()
              .decode(spec.dataset().root().resolve(image.path()), spec.dataset().format()));
    } catch (UniassException e) {
      return Optional.empty();
    }
  }

  /** So many of the images, at equal distances. */
  static List<Image> spread(List<Image> images, int most) {
    int count = Math.min(most, images.size());
    List<Image> some = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      some.add(images.get((int) ((long) i * images.size() / count)));
    }
    return some;
  }
}
