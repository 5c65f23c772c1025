/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.util.Locale;
import java.util.Optional;
import uniass.api.Problem;
import uniass.api.data.ImageFormat;
import uniass.datasets.images.Findings.Kind;
import uniass.datasets.images.ModelView.SeenImage;
import uniass.datasets.pixels.Traits;

/**
 * Finds images whose values hardly show what the camera saw: nearly black, nearly constant, with
 * hidden colors, or of fewer bits than their files have. Safe for use by several threads.
 */
final class PixelCheck {

  private static final int BLACK = 32;
  private static final int CONSTANT = 8;

  private final Findings findings;
  private final ImageFormat format;
  private int deep;
  private int few;
  private int fewBits;
  private Traits deepest = Traits.PLAIN;
  private int largest;

  PixelCheck(Findings findings, ImageFormat format) {
    this.findings = findings;
    this.format = format;
  }

  void check(long place, String path, SeenImage seen) {
    Traits traits = seen.traits();
    if (traits.bits() > 8) {
      note(traits);
    }
    if (traits.transparent()) {
      findings.add(
          Kind.TRANSPARENT,
          place,
          path,
          "the image has transparent pixels; their hidden colors are used as they are");
    }
    if (usesFewBits(traits.bits(), traits.usedBits())) {
      return; // which says why it is dark and flat
    }
    int most = seen.range().maximum();
    if (seen.range().spread() <= CONSTANT) {
      findings.add(
          Kind.CONSTANT,
          place,
          path,
          "nearly constant: all values are from " + seen.range().minimum() + " to " + most);
    } else if (most < BLACK) {
      findings.add(
          Kind.DARK, place, path, "nearly black: the largest value is " + most + " of 255");
    }
  }

  private synchronized void note(Traits traits) {
    deep++;
    if (usesFewBits(traits.bits(), traits.usedBits())) {
      few++;
      fewBits = Math.max(fewBits, traits.usedBits());
    }
    if (traits.largest() >= largest) {
      largest = traits.largest();
      deepest = traits;
    }
  }

  private boolean usesFewBits(int bits, int used) {
    return bits > 8 && used <= Math.min(bits, format.depth()) - 2;
  }

  /** Frames of one line, written by two programs; or a few that are dark, which do no harm. */
  private Problem mixed() {
    return Problem.warning(
        "",
        String.format(
            Locale.ROOT,
            "%d of %d images of %d bits use no more than %d bits, and the others more, so that the"
                + " former are dark beside them; write all of them in one way, if light is not the"
                + " cause",
            few,
            deep,
            deepest.bits(),
            fewBits));
  }

  /** What the images of more than 8 bits have in common. */
  synchronized Optional<Problem> depth() {
    int used = deepest.usedBits();
    if (deep > 0 && used > format.depth() && format.depth() < deepest.bits()) {
      return Optional.of(
          Problem.warning(
              "",
              String.format(
                  Locale.ROOT,
                  "depth %d is too small: the largest value in %d images of %d bits is %d, and"
                      + " what is above %d becomes white",
                  format.depth(),
                  deep,
                  deepest.bits(),
                  largest,
                  (1 << format.depth()) - 1)));
    }
    if (deep == 0 || !usesFewBits(deepest.bits(), used)) {
      return few == 0 ? Optional.empty() : Optional.of(mixed());
    }
    return Optional.of(
        Problem.warning(
            "",
            String.format(
                Locale.ROOT,
                "the largest value in %d images of %d bits is %d, so that only %d of 256 levels"
                    + " are used; set dataset.depth: %d",
                deep,
                deepest.bits(),
                largest,
                (largest >> Math.min(deepest.bits(), format.depth()) - 8) + 1,
                UsedBits.even(used))));
  }
}
