/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Recognizes what lies in the place of a file that was never really downloaded. */
public final class ForeignContent {

  private static final int LOOKED_AT = 512;

  private ForeignContent() {}

  /**
   * Looks at a file's first bytes.
   *
   * @return what it is and how to get the file, to complete a message; empty if it is nothing known
   */
  public static Optional<String> of(byte[] start) {
    byte[] some = Arrays.copyOf(start, Math.min(start.length, LOOKED_AT));
    String text = new String(some, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    if (text.startsWith("version https://git-lfs")) {
      return Optional.of("a Git LFS pointer; fetch the file itself with 'git lfs pull'");
    }
    if (text.startsWith("<!doctype html") || text.startsWith("<html") || text.startsWith("<head")) {
      return Optional.of("a web page; the download failed or wants a login, fetch the file anew");
    }
    return Optional.empty();
  }
}
