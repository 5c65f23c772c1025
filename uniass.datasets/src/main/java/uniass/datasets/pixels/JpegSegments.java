/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * A JPEG file's segments (ITU-T T.81, annex B): what the image is, and the file without what a
 * decoder has no use for. Color profiles and comments are left out because libjpeg, and with it
 * OpenCV and Pillow, ignore them, while the JDK's reader converts by them or trips over damaged
 * ones.
 */
final class JpegSegments {

  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COM = 0xFE;

  /** What libjpeg assumes of a color image without a marker: YCbCr. */
  private static final byte[] JFIF = {
    (byte) 0xFF, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  private final ByteBuffer file;
  private final ByteArrayOutputStream kept;
  private boolean jfif;
  private boolean adobe;
  private int adobeTransform;
  private int orientation = 1;
  private int width;
  private int height;
  private int components;
  private boolean namedRgb;

  private JpegSegments(byte[] bytes) {
    file = ByteBuffer.wrap(bytes);
    kept = new ByteArrayOutputStream(bytes.length + JFIF.length);
  }

  static boolean matches(byte[] bytes) {
    return bytes.length >= 3
        && (bytes[0] & 0xFF) == 0xFF
        && (bytes[1] & 0xFF) == SOI
        && (bytes[2] & 0xFF) == 0xFF;
  }

  static JpegSegments read(byte[] bytes, Limit limit) throws Unreadable {
    JpegSegments segments = new JpegSegments(bytes);
    segments.walk(limit);
    return segments;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** 1 (gray), 3 (RGB or YCbCr) or 4 (CMYK or YCCK). */
  int components() {
    return components;
  }

  int orientation() {
    return orientation;
  }

  /** Whether Adobe's marker is there, whose programs store CMYK inverted. */
  boolean adobe() {
    return adobe;
  }

  /** Whether four components are YCCK. */
  boolean ycck() {
    return components == 4 && adobeTransform == 2;
  }

  /** The file for the decoder. */
  byte[] stripped() {
    byte[] body = kept.toByteArray();
    if (jfif || adobe || components != 3 || namedRgb) {
      return body;
    }
    byte[] whole = new byte[body.length + JFIF.length];
    System.arraycopy(body, 0, whole, 0, 2);
    System.arraycopy(JFIF, 0, whole, 2, JFIF.length);
    System.arraycopy(body, 2, whole, 2 + JFIF.length, body.length - 2);
    return whole;
  }

  private void walk(Limit limit) throws Unreadable {
    file.position(2);
    kept.write(0xFF);
    kept.write(SOI);
    while (true) {
      int marker = nextMarker();
      int start = file.position();
      int length = file.remaining() < 2 ? 0 : file.getShort(start) & 0xFFFF;
      if (length < 2 || length > file.remaining()) {
        throw truncated();
      }
      look(marker, start + 2, length - 2, limit);
      if (keeps(marker, start + 2, length - 2)) {
        kept.write(0xFF);
        kept.write(marker);
        kept.write(file.array(), start, length);
      }
      file.position(start + length);
      if (marker == SOS) {
        if (components == 0) {
          throw new Unreadable("a damaged JPEG: image data before the header");
        }
        requireEnd();
        kept.write(file.array(), file.position(), file.remaining());
        return;
      }
    }
  }

  /** In image data 0xFF is followed by 0 or a marker, so the end's marker is there or it is not. */
  private void requireEnd() throws Unreadable {
    byte[] bytes = file.array();
    for (int i = bytes.length - 2; i >= file.position(); i--) {
      if ((bytes[i] & 0xFF) == 0xFF && (bytes[i + 1] & 0xFF) == EOI) {
        return;
      }
    }
    throw truncated();
  }

  private int nextMarker() throws Unreadable {
    while (file.hasRemaining() && (file.get() & 0xFF) != 0xFF) {
      // libjpeg skips stray bytes between segments too
    }
    while (file.hasRemaining()) {
      int marker = file.get() & 0xFF;
      if (marker != 0xFF) {
        if (marker == 0 || marker == EOI || (marker >= 0xD0 && marker <= 0xD7)) {
          throw new Unreadable("a damaged JPEG: no image data");
        }
        return marker;
      }
    }
    throw truncated();
  }

  private static Unreadable truncated() {
    return new Unreadable("a truncated JPEG: the file ends early");
  }

  private void look(int marker, int at, int length, Limit limit) throws Unreadable {
    if (marker == APP0 && begins(at, length, "JFIF")) {
      jfif = true;
    } else if (marker == APP14 && length >= 12 && begins(at, length, "Adobe")) {
      adobe = true;
      adobeTransform = file.get(at + 11) & 0xFF;
    } else if (marker == APP1 && begins(at, length, "Exif") && length > 6) {
      orientation = Exif.orientation(file.array(), at + 6, length - 6);
    } else if (marker >= 0xC0
        && marker <= 0xCF
        && marker != 0xC4
        && marker != 0xC8
        && marker != 0xCC) {
      frame(marker, at, length, limit);
    }
  }

  private void frame(int marker, int at, int length, Limit limit) throws Unreadable {
    if (length < 6 || components != 0) {
      throw new Unreadable("a damaged JPEG: wrong frame header");
    }
    int bits = file.get(at) & 0xFF;
    height = file.getShort(at + 1) & 0xFFFF;
    width = file.getShort(at + 3) & 0xFFFF;
    components = file.get(at + 5) & 0xFF;
    if (marker > 0xC2 || bits != 8) {
      String kind =
          marker == 0xC3 ? "lossless" : marker >= 0xC9 ? "arithmetic-coded" : "hierarchical";
      throw new Unreadable(
          (marker > 0xC2 ? "a " + kind + " JPEG" : "a JPEG of " + bits + " bits")
              + ", which is not supported; convert it to PNG");
    }
    if (components != 1 && components != 3 && components != 4) {
      throw new Unreadable("a JPEG of " + components + " channels, which is not supported");
    }
    limit.check(width, height);
    // a block of 8 x 8 pixels of the finest component takes a bit at least
    Limit.checkLength(width, height, file.capacity(), 512);
    namedRgb =
        components == 3
            && length >= 15
            && file.get(at + 6) == 'R'
            && file.get(at + 9) == 'G'
            && file.get(at + 12) == 'B';
  }

  private boolean begins(int at, int length, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (i >= length || file.get(at + i) != text.charAt(i)) {
        return false;
      }
    }
    return length > text.length();
  }

  private boolean keeps(int marker, int at, int length) {
    if (marker == APP0) {
      return begins(at, length, "JFIF");
    }
    if (marker == APP14) {
      return length >= 12 && begins(at, length, "Adobe");
    }
    return marker != COM && (marker < APP0 || marker > APP15);
  }
}
