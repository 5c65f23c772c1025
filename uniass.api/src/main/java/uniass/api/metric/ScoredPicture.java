package uniass.api.metric;

import uniass.api.data.Label;
import uniass.api.data.Picture;

/**
 * A picture's anomaly map beside the truth.
 *
 * @param path path below the data set's root
 * @param category its category
 * @param defect its kind of defect
 * @param anomalous whether the picture is anomalous
 * @param height height of map and mask
 * @param width width of map and mask
 * @param map height x width scores, row-major, finite
 * @param mask height x width, 1 where anomalous, or null where nothing is known about pixels
 */
public record ScoredPicture(
    String path,
    String category,
    String defect,
    boolean anomalous,
    int height,
    int width,
    float[] map,
    byte[] mask) {

  /** A data set's picture, labelled as the rules have it. */
  public static ScoredPicture of(
      Picture picture, RuleSet rules, int height, int width, float[] map, byte[] mask) {
    return new ScoredPicture(
        picture.path(),
        picture.category(),
        picture.defect(),
        anomalous(picture, rules, mask),
        height,
        width,
        map,
        mask);
  }

  private static boolean anomalous(Picture picture, RuleSet rules, byte[] mask) {
    if (mask == null || rules.labels() == RuleSet.Labels.PICTURE) {
      return picture.label() == Label.ANOMALOUS;
    }
    for (byte value : mask) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }
}
