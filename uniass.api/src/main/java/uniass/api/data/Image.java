/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

import java.text.Normalizer;
import java.util.List;

/**
 * One image of a data set. Kept small: readers share the strings that repeat.
 *
 * @param path path below the data set's root, with slashes
 * @param category the product, such as {@code bottle}
 * @param split part of the data set
 * @param defect kind of defect, {@code good} for normal images, empty if unknown
 * @param label what is known about the image
 * @param truth what is known about its pixels
 * @param masks paths of the masks below the root, with slashes; empty unless truth is MASKS
 * @param tile the part of the file that is meant, or null for the whole
 */
public record Image(
    String path,
    String category,
    Split split,
    String defect,
    Label label,
    PixelTruth truth,
    List<String> masks,
    Tile tile) {

  /** The defect's name of normal images. */
  public static final String GOOD = "good";

  /** Copies the list. */
  public Image {
    masks = List.copyOf(masks);
    category = composed(category);
    if (masks.isEmpty() == (truth == PixelTruth.MASKS)) {
      throw new IllegalArgumentException(
          path + ": mask paths are required if and only if truth is MASKS");
    }
  }

  /** In Unicode's composed form, so that names that look the same are the same. */
  private static String composed(String name) {
    return Normalizer.isNormalized(name, Normalizer.Form.NFC)
        ? name
        : Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /** A whole image. */
  public Image(
      String path,
      String category,
      Split split,
      String defect,
      Label label,
      PixelTruth truth,
      List<String> masks) {
    this(path, category, split, defect, label, truth, masks, null);
  }

  /** The same image, of which only a part is meant. */
  public Image withTile(Tile part) {
    return new Image(path, category, split, defect, label, truth, masks, part);
  }

  /** A normal image. */
  public static Image normal(String path, String category, Split split) {
    return new Image(path, category, split, GOOD, Label.NORMAL, PixelTruth.NORMAL, List.of());
  }

  /** A test image with a defect and its masks. */
  public static Image anomalous(String path, String category, String defect, List<String> masks) {
    return new Image(
        path,
        category,
        Split.TEST,
        defect,
        Label.ANOMALOUS,
        masks.isEmpty() ? PixelTruth.UNKNOWN : PixelTruth.MASKS,
        masks);
  }
}
