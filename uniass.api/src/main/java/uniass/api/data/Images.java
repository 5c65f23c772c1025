/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import uniass.api.Problem;
import uniass.api.Progress;

/** Turns image files into tensors; keeps decoded and resized images in a cache on disk. */
@ProviderType
public interface Images {

  /** Endings of the names of image files, in lower case. */
  Set<String> ENDINGS =
      Set.of(
          "png", "apng", "jpg", "jpeg", "jpe", "jfif", "pjpeg", "pjp", "bmp", "dib", "tif", "tiff",
          "webp", "gif");

  /** Whether a file is taken for an image, by its name; its content decides how it is read. */
  static boolean isImage(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0
        && !isHidden(name)
        && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** Whether a file or folder is passed over: hidden, or left behind by an operating system. */
  static boolean isHidden(String name) {
    return name.startsWith(".")
        || name.equals("__MACOSX")
        || name.equals("@eaDir")
        || name.equals("$RECYCLE.BIN")
        || name.equals("System Volume Information");
  }

  /**
   * Finds everything that is wrong with a data set's images and masks, in one pass.
   *
   * @param tiling how images are cut, if they are
   * @param skipUnreadable whether what cannot be read is left out, which is then a warning
   * @return the reader's problems and what the pixels show
   */
  List<Problem> check(
      Dataset dataset,
      ImageFormat format,
      Optional<Tiling> tiling,
      boolean skipUnreadable,
      Progress progress);

  /**
   * Looks at masks only, in their own sizes: values beside black and one other, implausible shares
   * of marked pixels, alpha channels that decide, images that count as anomalous all over. Masks
   * that cannot be read are passed over.
   *
   * @param thresholds values above which a pixel counts as anomalous, at least one; the smallest
   *     decides
   * @param maximumPixels largest mask that is decoded
   * @return one warning per kind, which names the first mask, and another with the number of
   *     further ones
   */
  List<Problem> checkMasks(
      Path root, List<Image> images, List<Integer> thresholds, long maximumPixels);

  /** Opens one epoch of training: all images, shuffled and augmented. */
  DataLoader epoch(Path root, List<Image> images, BatchOptions options, Epoch epoch);

  /** Opens images in their order, as they are; tiles of one image should stay together. */
  DataLoader sequence(Path root, List<Image> images, BatchOptions options);

  /**
   * Cuts images into tiles, which data loaders deliver like images: in their order, the tiles of
   * one image after those of the image before. The inference pipeline joins their maps.
   *
   * @param maximumPixels largest image that is accepted
   * @param skipUnreadable leave images out whose size cannot be read (and say so), rather than fail
   */
  List<Image> tiles(
      Path root, List<Image> images, Tiling tiling, long maximumPixels, boolean skipUnreadable);

  /**
   * How many bits the samples of images with more than 8 bits use, as {@link ImageFormat#depth}
   * wants it: those of the largest sample, rounded up to an even number, as cameras have 10, 12 or
   * 14. Images that cannot be read do not count.
   *
   * @return 8 to 16; 16 if no image has more than 8 bits
   */
  int usedBits(Path root, List<Image> images, ImageFormat format);

  /**
   * Decodes an image file in its own size, upright (EXIF orientation applied).
   *
   * @param format whose limit and depth count
   * @throws uniass.api.UniassException naming the file and what is wrong with it
   */
  Pixels decode(Path file, ImageFormat format);

  /**
   * Decodes an image file that is in memory, in its own size, upright.
   *
   * @param name what errors call it
   * @param format whose limit and depth count
   * @throws uniass.api.UniassException naming it and what is wrong with it
   */
  Pixels decode(String name, byte[] file, ImageFormat format);

  /** Resizes; returns the same object if it has that size already. */
  Pixels resize(Pixels pixels, ImageFormat format);

  /** Writes (3,H,W), normalized, to {@code target} from {@code offset} on. */
  void normalize(Pixels pixels, Normalization normalization, FloatBuffer target, int offset);

  /**
   * Reads the union of an image's masks.
   *
   * @param ownSize keep the mask's own size, rather than the format's
   * @return the mask; empty if nothing is known about the pixels
   */
  Optional<Mask> mask(Path root, Image image, ImageFormat format, boolean ownSize);
}
