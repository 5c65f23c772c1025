package uniass.runner.evaluate;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import uniass.api.data.Label;
import uniass.api.data.Picture;
import uniass.api.data.Pixels;
import uniass.api.metric.ImageScore;
import uniass.api.metric.LineThresholds;
import uniass.api.metric.LineThresholds.Threshold;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.Services;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.pipeline.MapStream;
import uniass.inference.pipeline.PictureMaps;
import uniass.report.GalleryPicture;
import uniass.report.GalleryPicture.Reason;

/**
 * The pictures of each category that tell most: where the network finds defects best and worst, and
 * the normal pictures that look most anomalous to it. It only keeps figures while pictures pass;
 * the few chosen ones are computed again.
 */
public final class Gallery {

  private final int each;
  private final Map<String, Figures> figures = new ConcurrentHashMap<>();

  /** Shows so many pictures of each kind and category. */
  public Gallery(int each) {
    this.each = each;
  }

  private record Figures(Picture picture, double score, double precision) {}

  /** Notes a picture's figures. */
  public void accept(MapStream.Mapped mapped) {
    figures.put(
        mapped.picture().path(),
        new Figures(
            mapped.picture(),
            ImageScore.MAX.of(mapped.map()),
            OwnPrecision.of(mapped.map(), mapped.mask())));
  }

  /**
   * Computes the chosen pictures.
   *
   * @param thresholds by category, to find the borderline pictures; may be empty
   */
  public List<GalleryPicture> show(
      Services services,
      ExperimentSpec spec,
      Device device,
      AnomalyNetwork network,
      Map<String, Threshold> thresholds) {
    Map<Picture, Reason> chosen = choose(thresholds);
    List<GalleryPicture> shown = new ArrayList<>();
    if (chosen.isEmpty()) {
      return shown;
    }
    ShownPictures pictures = new ShownPictures(services, spec.dataset());
    new PictureMaps(services, spec.dataset())
        .run(
            network,
            device,
            List.copyOf(chosen.keySet()),
            spec.evaluate().batch(),
            true,
            Optional::empty,
            mapped -> {
              Picture picture = mapped.picture();
              Figures of = figures.get(picture.path());
              Pixels pixels = pictures.pixels(picture);
              shown.add(
                  new GalleryPicture(
                      chosen.get(picture),
                      picture,
                      pixels,
                      ShownPictures.shrink(mapped.map(), mapped.height(), mapped.width(), pixels),
                      ShownPictures.shrink(mapped.mask(), mapped.height(), mapped.width(), pixels),
                      of.score(),
                      of.precision()));
            },
            done -> {});
    return shown;
  }

  private Map<Picture, Reason> choose(Map<String, Threshold> thresholds) {
    Map<Picture, Reason> chosen = new LinkedHashMap<>();
    Set<String> categories = new LinkedHashSet<>();
    List<Figures> all =
        figures.values().stream().sorted(Comparator.comparing(f -> f.picture().path())).toList();
    all.forEach(f -> categories.add(f.picture().category()));
    for (String category : categories) {
      List<Figures> own =
          all.stream().filter(f -> f.picture().category().equals(category)).toList();
      List<Figures> found =
          own.stream()
              .filter(f -> !Double.isNaN(f.precision()))
              .sorted(Comparator.comparingDouble(Figures::precision))
              .toList();
      int half = Math.min(each, (found.size() + 1) / 2);
      for (int i = 0; i < half; i++) {
        chosen.put(found.get(found.size() - 1 - i).picture(), Reason.BEST);
      }
      for (int i = 0; i < Math.min(each, found.size() - half); i++) {
        chosen.put(found.get(i).picture(), Reason.WORST);
      }
      own.stream()
          .filter(f -> f.picture().label() == Label.NORMAL)
          .sorted(Comparator.comparingDouble(Figures::score).reversed())
          .limit(each)
          .forEach(f -> chosen.put(f.picture(), Reason.FALSE_ALARM));
      Threshold threshold = thresholds.getOrDefault(category, thresholds.get(LineThresholds.ALL));
      if (threshold != null) {
        own.stream()
            .filter(f -> !chosen.containsKey(f.picture()))
            .sorted(Comparator.comparingDouble(f -> Math.abs(f.score() - threshold.value())))
            .limit(each)
            .forEach(f -> chosen.put(f.picture(), Reason.BORDERLINE));
      }
    }
    return chosen;
  }
}
