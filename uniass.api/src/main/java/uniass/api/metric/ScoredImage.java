package uniass.api.metric;

import uniass.api.data.Image;
import uniass.api.data.Label;

/**
 * An image's anomaly map beside the truth.
 *
 * @param path path below the data set's root
 * @param category its category
 * @param defect its kind of defect
 * @param anomalous whether the image is anomalous
 * @param height height of map and mask
 * @param width width of map and mask
 * @param map height x width scores, row-major, finite
 * @param mask height x width, 1 where anomalous, or null where nothing is known about pixels
 */
public record ScoredImage(
    String path,
    String category,
    String defect,
    boolean anomalous,
    int height,
    int width,
    float[] map,
    byte[] mask) {

  /** A data set's image, labeled as the protocol has it. */
  public static ScoredImage of(
      Image image, EvaluationProtocol protocol, int height, int width, float[] map, byte[] mask) {
    return new ScoredImage(
        image.path(),
        image.category(),
        image.defect(),
        anomalous(image, protocol, mask),
        height,
        width,
        map,
        mask);
  }

  private static boolean anomalous(Image image, EvaluationProtocol protocol, byte[] mask) {
    if (mask == null || protocol.labels() == EvaluationProtocol.Labels.IMAGE) {
      return image.label() == Label.ANOMALOUS;
    }
    for (byte value : mask) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }
}
