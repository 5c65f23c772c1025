/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import java.nio.charset.StandardCharsets;

/** Media types of image files, by their first bytes. */
final class ImageTypes {

  private ImageTypes() {}

  static String of(byte[] image) {
    String start = new String(image, 0, Math.min(12, image.length), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u0089PNG")) {
      return "image/png";
    }
    if (start.startsWith("\u00ff\u00d8")) {
      return "image/jpeg";
    }
    if (start.startsWith("GIF8")) {
      return "image/gif";
    }
    if (start.startsWith("BM")) {
      return "image/bmp";
    }
    return start.startsWith("RIFF") ? "image/webp" : "image/tiff";
  }
}
