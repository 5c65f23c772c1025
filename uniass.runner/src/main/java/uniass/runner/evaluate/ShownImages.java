package uniass.runner.evaluate;

import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Pixels;
import uniass.api.data.Resize;
import uniass.inference.Services;
import uniass.inference.experiment.ExperimentSpec.DatasetSpec;

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
    return services.images().resize(own, dataset.tiles().isEmpty() ? format : small(own));
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
  static float[] shrink(float[] map, int height, int width, Pixels shown) {
    if (height == shown.height() && width == shown.width()) {
      return map;
    }
    float[] small = new float[shown.height() * shown.width()];
    java.util.Arrays.fill(small, Float.NEGATIVE_INFINITY);
    for (int y = 0, i = 0; y < height; y++) {
      int row = (int) ((long) y * shown.height() / height) * shown.width();
      for (int x = 0; x < width; x++, i++) {
        int at = row + (int) ((long) x * shown.width() / width);
        small[at] = Math.max(small[at], map[i]);
      }
    }
    return small;
  }

  /** Anomalous where one of the pixels is that share one of the shown image's; null of null. */
  static byte[] shrink(byte[] mask, int height, int width, Pixels shown) {
    if (mask == null || height == shown.height() && width == shown.width()) {
      return mask;
    }
    byte[] small = new byte[shown.height() * shown.width()];
    for (int y = 0, i = 0; y < height; y++) {
      int row = (int) ((long) y * shown.height() / height) * shown.width();
      for (int x = 0; x < width; x++, i++) {
        small[row + (int) ((long) x * shown.width() / width)] |= mask[i];
      }
    }
    return small;
  }
}
