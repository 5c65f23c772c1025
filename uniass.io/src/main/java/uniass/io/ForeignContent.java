/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Recognizes what lies in the place of a file: never really downloaded, or of another kind. */
public final class ForeignContent {

  private static final int LOOKED_AT = 512;

  /** Where the ISO base media format has its mark, behind a length. */
  private static final int FTYP_AT = 4;

  private ForeignContent() {}

  /**
   * Looks at a file's first bytes.
   *
   * @return what it is and how to get the file, to complete a message; empty if it is nothing known
   */
  public static Optional<String> of(byte[] start) {
    byte[] some = Arrays.copyOf(start, Math.min(start.length, LOOKED_AT));
    String raw = new String(some, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    String text = raw.strip();
    if (text.startsWith("version https://git-lfs")) {
      return Optional.of("a Git LFS pointer; fetch the file itself with 'git lfs pull'");
    }
    if (text.startsWith("<!doctype html") || text.startsWith("<html") || text.startsWith("<head")) {
      return Optional.of("a web page; the download failed or wants a login, fetch the file anew");
    }
    if (text.startsWith("%pdf")) {
      return Optional.of("a PDF document; save what it shows as PNG or JPEG");
    }
    if (raw.startsWith("ftyp", FTYP_AT)) {
      return Optional.of("a HEIC, AVIF or video file; convert it to PNG or JPEG");
    }
    return Optional.empty();
  }
}
