/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.util.Optional;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Image;
import uniass.api.data.Mask;
import uniass.api.data.Pixels;

/**
 * An image to look at in a report.
 *
 * @param reason why it is shown
 * @param image what it is
 * @param pixels the image at the map's size
 * @param map the anomaly map, of that size
 * @param mask the ground truth, of that size; empty where unknown
 * @param score its image score
 * @param precision average precision of its own pixels; NaN if it has no anomalous pixel
 */
public record GalleryImage(
    Reason reason,
    Image image,
    Pixels pixels,
    AnomalyMap map,
    Optional<Mask> mask,
    double score,
    double precision) {

  /** Why an image is shown; in the order of the report. */
  public enum Reason {
    /** Its defect is found worst. */
    WORST("Found worst"),
    /** A normal image that looks most anomalous. */
    FALSE_ALARM("Normal, with the highest scores"),
    /** Its score is nearest to the threshold. */
    BORDERLINE("Nearest to the threshold"),
    /** Its defect is found best. */
    BEST("Found best");

    private final String heading;

    Reason(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }
  }

  /** Checks that all have one size. */
  public GalleryImage {
    if (map.height() != pixels.height()
        || map.width() != pixels.width()
        || mask.isPresent() && !mask.get().fits(map)) {
      throw new IllegalArgumentException(image.path() + ": map or mask of another size");
    }
  }
}
