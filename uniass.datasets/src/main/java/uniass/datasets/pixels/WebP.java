/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Lossless WebP. Lossy WebP is refused: the only decoder in Java at hand is off by 5 gray levels on
 * average on photographs (largest 46), measured against libwebp.
 */
final class WebP {

  private static final int HEAD = 12;

  private WebP() {}

  static boolean matches(byte[] bytes) {
    return bytes.length >= HEAD && tag(bytes, 0).equals("RIFF") && tag(bytes, 8).equals("WEBP");
  }

  // Image I/O finds readers on the class path, which a bundle is not: so by hand
  static ImageIoDecoder decoder() {
    return new ImageIoDecoder(new WebPImageReaderSpi(), "WebP");
  }

  /** Refuses what would be read wrong, by the file's chunks. */
  static void requireLossless(byte[] bytes) throws Unreadable {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = HEAD;
    while (at <= bytes.length - 8) {
      String kind = tag(bytes, at);
      if (kind.equals("VP8 ") || kind.equals("ANIM")) {
        throw new Unreadable(
            (kind.equals("ANIM") ? "an animated" : "a lossy")
                + " WebP, which cannot be decoded exactly here; convert it to PNG");
      }
      long next = at + 8 + (file.getInt(at + 4) & 0xFFFFFFFFL) + (file.getInt(at + 4) & 1);
      if (next > bytes.length) {
        throw new Unreadable("a truncated WebP: the file ends early");
      }
      at = (int) next;
    }
  }

  private static String tag(byte[] bytes, int at) {
    return new String(bytes, at, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
