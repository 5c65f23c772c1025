/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.evaluate;

import java.util.Arrays;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Mask;
import uniass.api.data.Pixels;
import uniass.api.data.Resize;
import uniass.inference.experiment.ExperimentSpec.DatasetSpec;
import uniass.runner.queue.Services;

/**
 * Images as a report shows them: as the model sees them, or, if it sees them by tiles, whole and
 * small enough for a page.
 */
final class ShownImages {

  private static final int LONGEST_SIDE = 640;

  private final Services services;
  private final DatasetSpec dataset;

  ShownImages(Services services, DatasetSpec dataset) {
    this.services = services;
    this.dataset = dataset;
  }

  Pixels pixels(Image image) {
    ImageFormat format = dataset.format();
    Pixels own = services.images().decode(dataset.root().resolve(image.path()), format);
    return services.images().resize(own, dataset.tiling().isEmpty() ? format : small(own));
  }

  private ImageFormat small(Pixels own) {
    double scale = Math.min(1, (double) LONGEST_SIDE / Math.max(own.height(), own.width()));
    return dataset
        .format()
        .withSize(
            Math.max(1, (int) Math.round(own.height() * scale)),
            Math.max(1, (int) Math.round(own.width() * scale)),
            Resize.AREA);
  }

  /** The map at the shown image's size: the largest of the values that share one of its pixels. */
  static AnomalyMap fit(AnomalyMap map, Pixels shown) {
    if (map.height() == shown.height() && map.width() == shown.width()) {
      return map;
    }
    float[] fitted = new float[shown.height() * shown.width()];
    Arrays.fill(fitted, Float.NEGATIVE_INFINITY);
    each(
        map.height(),
        map.width(),
        shown,
        (from, to) -> fitted[to] = Math.max(fitted[to], map.values()[from]));
    return new AnomalyMap(shown.height(), shown.width(), fitted);
  }

  /** The mask at the shown image's size: anomalous if one of the pixels is that share one. */
  static Mask fit(Mask mask, Pixels shown) {
    if (mask.height() == shown.height() && mask.width() == shown.width()) {
      return mask;
    }
    byte[] fitted = new byte[shown.height() * shown.width()];
    each(mask.height(), mask.width(), shown, (from, to) -> fitted[to] |= mask.values()[from]);
    return new Mask(shown.height(), shown.width(), fitted);
  }

  /** Takes two pixels that overlap. */
  private interface Overlap {
    void accept(int from, int to);
  }

  private static void each(int height, int width, Pixels shown, Overlap overlap) {
    for (int y = 0; y < shown.height(); y++) {
      for (int fromY = y * height / shown.height();
          fromY * shown.height() < (y + 1) * height;
          fromY++) {
        for (int x = 0; x < shown.width(); x++) {
          for (int fromX = x * width / shown.width();
              fromX * shown.width() < (x + 1) * width;
              fromX++) {
            overlap.accept(fromY * width + fromX, y * shown.width() + x);
          }
        }
      }
    }
  }
}
