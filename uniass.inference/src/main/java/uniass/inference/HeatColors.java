package uniass.inference;

/**
 * Viridis by nine of its colors, linear in between: perceptually even, and readable for color-blind
 * people and in gray.
 */
final class HeatColors {

  private static final int[] ANCHORS = {
    0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725
  };

  private HeatColors() {}

  /** The color of a value; below 0 and above 1 it stays at the ends. */
  static int rgb(double value) {
    double clamped = Double.isNaN(value) ? 0 : Math.max(0, Math.min(1, value));
    double at = clamped * (ANCHORS.length - 1);
    int low = Math.min(ANCHORS.length - 2, (int) at);
    double part = at - low;
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double a = ANCHORS[low] >> shift & 0xff;
      double b = ANCHORS[low + 1] >> shift & 0xff;
      rgb |= (int) Math.round(a + (b - a) * part) << shift;
    }
    return rgb;
  }
}
