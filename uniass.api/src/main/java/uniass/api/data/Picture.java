package uniass.api.data;

import java.util.List;

/**
 * One picture of a data set. Kept small: readers share the strings that repeat.
 *
 * @param path path below the data set's root, with slashes
 * @param category the product, such as {@code bottle}
 * @param split part of the data set
 * @param defect kind of defect, {@code good} for normal pictures, empty if unknown
 * @param label what is known about the picture
 * @param truth what is known about its pixels
 * @param masks paths of the masks below the root, with slashes; empty unless truth is MASKS
 * @param tile the part of the file that is meant, or null for the whole
 */
public record Picture(
    String path,
    String category,
    Split split,
    String defect,
    Label label,
    PixelTruth truth,
    List<String> masks,
    Tile tile) {

  /** The defect's name of normal pictures. */
  public static final String GOOD = "good";

  /** Copies the list. */
  public Picture {
    masks = List.copyOf(masks);
    if (masks.isEmpty() == (truth == PixelTruth.MASKS)) {
      throw new IllegalArgumentException(path + ": masks are given exactly where they tell");
    }
  }

  /** A whole picture. */
  public Picture(
      String path,
      String category,
      Split split,
      String defect,
      Label label,
      PixelTruth truth,
      List<String> masks) {
    this(path, category, split, defect, label, truth, masks, null);
  }

  /** The same picture, of which only a part is meant. */
  public Picture withTile(Tile part) {
    return new Picture(path, category, split, defect, label, truth, masks, part);
  }

  /** A normal picture. */
  public static Picture normal(String path, String category, Split split) {
    return new Picture(path, category, split, GOOD, Label.NORMAL, PixelTruth.NORMAL, List.of());
  }

  /** A test picture with a defect and its masks. */
  public static Picture anomalous(String path, String category, String defect, List<String> masks) {
    return new Picture(
        path,
        category,
        Split.TEST,
        defect,
        Label.ANOMALOUS,
        masks.isEmpty() ? PixelTruth.UNKNOWN : PixelTruth.MASKS,
        masks);
  }
}
