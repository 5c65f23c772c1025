package uniass.api.inspection;

/**
 * How to open a model.
 *
 * @param experiment file or shipped name of the experiment that describes the network, or null for
 *     the one that the model carries (or the defaults, if it carries none)
 * @param device {@code auto}, {@code cpu} or {@code cuda:N}
 * @param batch images that are computed together
 * @param tile height and width of the tiles that larger images are cut into; 0 to resize images to
 *     the model's size instead; {@link #AS_TRAINED} for what the model was trained with
 * @param overlap pixels that neighboring tiles share
 * @param category whose thresholds decide, where the model has them by category; null for the
 *     common ones
 */
public record InspectionOptions(
    String experiment, String device, int batch, int tile, int overlap, String category) {

  /** The tiles that the model was trained with, or none; the overlap is then the model's, too. */
  public static final int AS_TRAINED = -1;

  /** The model's own experiment and tiles, any device, eight images a batch. */
  public static InspectionOptions defaults() {
    return new InspectionOptions(null, "auto", 8, AS_TRAINED, 0, null);
  }
}
