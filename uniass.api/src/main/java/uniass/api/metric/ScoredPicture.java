package uniass.api.metric;

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
    byte[] mask) {}
