/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uniass.datasets.images.Findings.Kind;
import uniass.datasets.images.ModelView.SeenMask;

/**
 * Finds masks that hardly mark what their author meant: more values than two, most of the image
 * marked, an alpha channel that decides.
 *
 * @param findings takes what is found
 * @param threshold above which a value counts as anomalous
 * @param thresholds the same as messages show it; several rules may have several
 */
record MaskCheck(Findings findings, int threshold, String thresholds) {

  private static final int VALUES_SHOWN = 4;
  private static final int LABELS = 16;
  private static final double IMPLAUSIBLE = 0.5;

  /** Notes what is odd about a mask; returns whether it marks any pixel. */
  boolean check(long place, String name, SeenMask mask) {
    int[] pixels = new int[256];
    for (byte value : mask.values()) {
      pixels[value & 0xFF]++;
    }
    List<Integer> values = new ArrayList<>();
    int marked = 0;
    for (int value = 0; value < pixels.length; value++) {
      if (pixels[value] > 0) {
        values.add(value);
        marked += value > threshold ? pixels[value] : 0;
      }
    }
    if (mask.traits().transparent()) {
      findings.add(
          Kind.MASK_ALPHA,
          place,
          name,
          "the mask's colors are all the same, so its alpha channel decides what is anomalous");
    }
    if (values.size() - (values.get(0) == 0 ? 1 : 0) > 1) {
      values(place, name, values);
    }
    double share = (double) marked / mask.values().length;
    if (share > IMPLAUSIBLE) {
      findings.add(
          Kind.MARKED_SHARE,
          place,
          name,
          String.format(
              Locale.ROOT,
              "the mask marks %.0f %% of the image as anomalous; %s",
              100 * share,
              cause(values.size(), mask, share)));
    }
    return marked > 0;
  }

  private void values(long place, String name, List<Integer> values) {
    findings.add(
        Kind.ODD_VALUES,
        place,
        name,
        "the mask has "
            + values.size()
            + " values ("
            + String.join(", ", values.stream().limit(VALUES_SHOWN).map(String::valueOf).toList())
            + (values.size() > VALUES_SHOWN ? "...)" : ")")
            + "; those above "
            + thresholds
            + " count as anomalous (mask-threshold)");
  }

  private String cause(int values, SeenMask mask, double share) {
    if (values > LABELS) {
      return "is it the image itself, or a heat map?";
    }
    if (values > 2) {
      return "is it a label image, whose labels all count?";
    }
    if (share == 1) {
      return "has it lost its alpha channel, or is it an empty mask, inverted?";
    }
    return cornersMarked(mask)
        ? "is it inverted? Black must be what is normal"
        : "is the defect that large?";
  }

  private boolean cornersMarked(SeenMask mask) {
    byte[] values = mask.values();
    int last = values.length - 1;
    return isMarked(values[0])
        && isMarked(values[mask.columns() - 1])
        && isMarked(values[last - mask.columns() + 1])
        && isMarked(values[last]);
  }

  private boolean isMarked(byte value) {
    return (value & 0xFF) > threshold;
  }
}
