/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import java.nio.file.Path;
import java.util.Locale;
import uniass.api.UniassException;
import uniass.api.data.ImageFormat;
import uniass.api.data.Pixels;
import uniass.io.Npy;

/** What was read for a network to look at. */
public sealed interface Decoded {

  /** A decoded image of any size. */
  record Image(Pixels pixels) implements Decoded {}

  /**
   * What the network takes itself, resized and normalized by whoever wrote it.
   *
   * @param values (3,H,W), row-major
   */
  record Normalized(float[] values) implements Decoded {}

  /** Whether a file holds a normalized input. */
  static boolean isNormalized(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".npy");
  }

  /** Reads a normalized input of the size that a model takes. */
  static Normalized read(Path file, ImageFormat format) {
    Npy.FloatPlanes planes = Npy.readPlanes(file);
    if (planes.channels() != 3
        || planes.height() != format.height()
        || planes.width() != format.width()) {
      throw new UniassException(
          "%s holds %d x %d x %d values, but the model takes 3 x %d x %d, normalized"
              .formatted(
                  file,
                  planes.channels(),
                  planes.height(),
                  planes.width(),
                  format.height(),
                  format.width()));
    }
    return new Normalized(planes.values());
  }
}
