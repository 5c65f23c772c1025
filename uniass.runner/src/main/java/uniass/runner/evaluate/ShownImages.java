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

  /** The largest value of the pixels that share one of the shown image's. */
  static AnomalyMap shrink(AnomalyMap map, Pixels shown) {
    if (map.height() == shown.height() && map.width() == shown.width()) {
      return map;
    }
    float[] small = new float[shown.height() * shown.width()];
    Arrays.fill(small, Float.NEGATIVE_INFINITY);
    for (int y = 0; y < map.height(); y++) {
      int row = (int) ((long) y * shown.height() / map.height()) * shown.width();
      for (int x = 0; x < map.width(); x++) {
        int at = row + (int) ((long) x * shown.width() / map.width());
        small[at] = Math.max(small[at], map.at(y, x));
      }
    }
    return new AnomalyMap(shown.height(), shown.width(), small);
  }

  /** Anomalous if one of the pixels is that share one of the shown image's. */
  static Mask shrink(Mask mask, Pixels shown) {
    if (mask.height() == shown.height() && mask.width() == shown.width()) {
      return mask;
    }
    byte[] small = new byte[shown.height() * shown.width()];
    for (int y = 0, i = 0; y < mask.height(); y++) {
      int row = (int) ((long) y * shown.height() / mask.height()) * shown.width();
      for (int x = 0; x < mask.width(); x++, i++) {
        small[row + (int) ((long) x * shown.width() / mask.width())] |= mask.values()[i];
      }
    }
    return new Mask(shown.height(), shown.width(), small);
  }
}
