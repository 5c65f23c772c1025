package uniass.report;

import java.util.Scanner;

/**
 * Inferno: 256 colors from black over red to pale yellow, of evenly rising lightness, so that it
 * can be read without color vision. By Nathaniel Smith and Stéfan van der Walt, released under CC0.
 */
final class ColorMap {

  private static final int COLORS = 256;

  private final int[] colors = new int[COLORS];

  ColorMap() {
    try (Scanner text = new Scanner(Resources.text("inferno.txt"))) {
      for (int i = 0; i < COLORS; i++) {
        colors[i] = Integer.parseInt(text.next(), 16);
      }
    }
  }

  /** The color 0xRRGGBB of a position from 0 to 1; beyond, that of the nearer end. */
  int at(double position) {
    return colors[index(position)];
  }

  /** The colors' index of a position. */
  static int index(double position) {
    return (int) Math.max(0, Math.min(COLORS - 1, Math.floor(position * COLORS)));
  }

  /** One color channel of all colors: shift 16 for red, 8 for green, 0 for blue. */
  byte[] channel(int shift) {
    byte[] channel = new byte[COLORS];
    for (int i = 0; i < COLORS; i++) {
      channel[i] = (byte) (colors[i] >> shift);
    }
    return channel;
  }
}
