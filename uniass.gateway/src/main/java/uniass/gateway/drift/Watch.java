/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.drift;

import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import uniass.api.inspection.ImageStatistics;
import uniass.api.inspection.NormalImages;
import uniass.api.inspection.PreparedImage;
import uniass.gateway.drift.Condition.State;

/** Watches what one station sees with one model. Thread-safe. */
public final class Watch {

  private static final int BLACK_IMAGES = 3;
  private static final int EQUAL_IMAGES = 20;
  private static final int BLURRED_IMAGES = 10;
  private static final int OTHER_IMAGES = 20;
  private static final double BLACK = 10;
  private static final double FLAT = 5;

  /** Brightness may leave the training's range by its width, and by this at least. */
  private static final double LEAST_SPAN = 15;

  private final Optional<NormalImages> normal;
  private final ScoreDrift drift;
  private long last;
  private int equal;
  private int black;
  private int blurred;
  private int otherBrightness;
  private int otherSize;
  private double brightness;
  private String size = "";

  /**
   * Begins to watch.
   *
   * @param normal what normal images are like; empty if the model does not say
   */
  public Watch(Optional<NormalImages> normal) {
    this.normal = normal;
    this.drift = new ScoreDrift(normal.map(NormalImages::scores).orElse(new double[0]));
  }

  /** Takes an image that is to be inspected. */
  public void seen(PreparedImage image) {
    ImageStatistics looks = ImageStatistics.of(image.pixels());
    CRC32C sum = new CRC32C();
    sum.update(image.pixels().rgb());
    add(looks, sum.getValue(), image.width() + "x" + image.height());
  }

  private synchronized void add(ImageStatistics looks, long sum, String pixels) {
    equal = sum == last ? equal + 1 : 1;
    last = sum;
    brightness = looks.brightness();
    size = pixels;
    double darkest = normal.map(n -> first(n.brightness(), 2 * BLACK)).orElse(2 * BLACK);
    boolean isBlack = looks.brightness() < Math.min(BLACK, darkest / 2) && looks.contrast() < FLAT;
    black = isBlack ? black + 1 : 0;
    double dullest = normal.map(n -> first(n.sharpness(), 0)).orElse(0.0);
    blurred = looks.sharpness() < dullest / 2 ? blurred + 1 : 0;
    otherBrightness = isOtherBrightness() ? otherBrightness + 1 : 0;
    boolean known = normal.isEmpty() || normal.get().sizes().isEmpty();
    otherSize = known || normal.get().sizes().contains(pixels) ? 0 : otherSize + 1;
  }

  private static double first(double[] sorted, double otherwise) {
    return sorted.length == 0 ? otherwise : sorted[0];
  }

  private boolean isOtherBrightness() {
    if (normal.isEmpty() || normal.get().brightness().length == 0) {
      return false;
    }
    double[] range = normal.get().brightness();
    double low = range[0];
    double high = range[range.length - 1];
    double span = Math.max(LEAST_SPAN, high - low);
    return brightness < low - span || brightness > high + span;
  }

  /** Takes an image's score. */
  public synchronized void scored(double score) {
    drift.add(score);
  }

  /** How it looks now. */
  public synchronized Condition condition() {
    State state = State.OK;
    String detail = "";
    if (black >= BLACK_IMAGES) {
      state = State.BROKEN_CAMERA;
      detail = "the last %d images are black".formatted(black);
    } else if (equal >= EQUAL_IMAGES) {
      state = State.BROKEN_CAMERA;
      detail = "the last %d images are the same to the last pixel".formatted(equal);
    } else if (blurred >= BLURRED_IMAGES) {
      state = State.BROKEN_CAMERA;
      detail = "the last %d images are less than half as sharp as in training".formatted(blurred);
    } else if (drift.drifts()) {
      state = State.DRIFTING;
      detail =
          String.format(
              Locale.ROOT,
              "the last %d scores are not distributed as the calibration's (distance %.2f)",
              drift.size(),
              drift.distance().orElseThrow());
    } else if (otherBrightness >= OTHER_IMAGES) {
      state = State.DRIFTING;
      detail =
          String.format(
              Locale.ROOT,
              "the last %d images are of another brightness than in training (%.0f of 255)",
              otherBrightness,
              brightness);
    } else if (otherSize >= OTHER_IMAGES) {
      state = State.DRIFTING;
      detail =
          "the last %d images have other sizes than in training (%s; then %s)"
              .formatted(otherSize, size, String.join(", ", new TreeSet<>(normal.get().sizes())));
    } else if (normal.isEmpty()) {
      detail = "the model does not say what normal images are like: drift cannot be seen";
    }
    return new Condition(state, detail, drift.size(), drift.distance(), drift.confidence());
  }
}
