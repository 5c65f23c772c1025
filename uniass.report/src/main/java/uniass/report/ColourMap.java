package uniass.report;

import java.util.Scanner;

/**
 * Inferno: 256 colours from black over red to pale yellow, of evenly rising lightness, so that it
 * can be read without colour vision. By Nathaniel Smith and Stéfan van der Walt, released under
 * CC0.
 */
final class ColourMap {

  private static final int COLOURS = 256;

  private final int[] colours = new int[COLOURS];

  ColourMap() {
    try (Scanner text = new Scanner(Resources.text("inferno.txt"))) {
      for (int i = 0; i < COLOURS; i++) {
        colours[i] = Integer.parseInt(text.next(), 16);
      }
    }
  }

  /** The colour 0xRRGGBB of a position from 0 to 1; beyond, that of the nearer end. */
  int at(double position) {
    return colours[index(position)];
  }

  /** The colours' index of a position. */
  static int index(double position) {
    return (int) Math.max(0, Math.min(COLOURS - 1, Math.floor(position * COLOURS)));
  }

  /** One colour channel of all colours: shift 16 for red, 8 for green, 0 for blue. */
  byte[] channel(int shift) {
    byte[] channel = new byte[COLOURS];
    for (int i = 0; i < COLOURS; i++) {
      channel[i] = (byte) (colours[i] >> shift);
    }
    return channel;
  }
}
