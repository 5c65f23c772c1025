package uniass.inference;

import java.nio.file.Path;
import java.util.Locale;
import uniass.api.UniassException;
import uniass.api.data.PictureFormat;
import uniass.api.data.Pixels;
import uniass.io.Npy;

/** What a network is to look at. */
sealed interface Input {

  /** A decoded picture of any size. */
  record Picture(Pixels pixels) implements Input {}

  /**
   * What the network takes itself, resized and normalised by whoever wrote it.
   *
   * @param values (3,H,W), row-major
   */
  record Normalised(float[] values) implements Input {}

  /** Whether a file holds a normalised input. */
  static boolean isNormalised(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".npy");
  }

  /** Reads a normalised input of the size that a model takes. */
  static Normalised read(Path file, PictureFormat format) {
    Npy.FloatPlanes planes = Npy.readPlanes(file);
    if (planes.channels() != 3
        || planes.height() != format.height()
        || planes.width() != format.width()) {
      throw new UniassException(
          "%s holds %d x %d x %d values, and the model takes 3 x %d x %d of them, normalised"
              .formatted(
                  file,
                  planes.channels(),
                  planes.height(),
                  planes.width(),
                  format.height(),
                  format.width()));
    }
    return new Normalised(planes.values());
  }
}
