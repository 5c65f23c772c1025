package uniass.api.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import uniass.api.Problem;
import uniass.api.Progress;

/** Turns picture files into tensors; keeps decoded and resized pictures in a cache on disk. */
@ProviderType
public interface Pictures {

  /** Endings of the names of picture files, in lower case. */
  Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "bmp", "tif", "tiff", "webp", "gif");

  /** Whether a file is taken for a picture, by its name. */
  static boolean isPicture(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /**
   * Finds everything that is wrong with a data set's pictures and masks, in one pass.
   *
   * @param tiling how pictures are cut, if they are
   * @return the reader's problems and what the pixels show
   */
  List<Problem> check(
      Dataset dataset, PictureFormat format, Optional<Tiling> tiling, Progress progress);

  /**
   * Opens one epoch of training: all pictures once, shuffled and augmented from the seed and the
   * epoch, equal on every machine.
   *
   * @param balanced every category equally often: smaller ones repeat
   */
  Feed epoch(
      Path root,
      List<Picture> pictures,
      FeedOptions options,
      Augmentation augmentation,
      long seed,
      int epoch,
      boolean balanced);

  /** Opens pictures in their order, as they are; tiles of one picture should stay together. */
  Feed sequence(Path root, List<Picture> pictures, FeedOptions options);

  /**
   * Cuts pictures into tiles, which feeds then deliver like pictures: in their order, the tiles of
   * one after those of the other. the inference pipeline puts their maps together.
   *
   * @param maximumPixels largest picture that is accepted
   * @param skipUnreadable leave pictures out whose size cannot be read (and say so), rather than
   *     fail
   */
  List<Picture> tiles(
      Path root, List<Picture> pictures, Tiling tiling, long maximumPixels, boolean skipUnreadable);

  /**
   * Decodes a picture file in its own size, upright (EXIF orientation applied).
   *
   * @throws uniass.api.UniassException naming the file and what is wrong with it
   */
  Pixels decode(Path file, long maximumPixels);

  /** Resizes; returns the same object if it has that size already. */
  Pixels resize(Pixels pixels, PictureFormat format);

  /** Writes (3,H,W), normalised, to {@code target} from {@code offset} on. */
  void normalise(
      Pixels pixels, Normalisation normalisation, java.nio.FloatBuffer target, int offset);

  /**
   * Reads the union of a picture's masks.
   *
   * @param ownSize keep the mask's own size, rather than the format's
   * @return the mask, or null where nothing is known about the pixels
   */
  Mask mask(Path root, Picture picture, PictureFormat format, boolean ownSize);

  /**
   * A mask.
   *
   * @param values height x width, row-major, 1 where anomalous
   */
  record Mask(int height, int width, byte[] values) {}
}
