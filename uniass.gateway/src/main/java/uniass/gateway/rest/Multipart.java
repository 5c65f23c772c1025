/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a body of the type {@code multipart/form-data} (RFC 7578) apart. Names of fields and files
 * are not looked at: each part is an image. Written by hand, because libraries for it need a
 * servlet API of one kind or the other.
 */
final class Multipart {

  static final String TYPE = "multipart/form-data";

  /** Most parts of a body. */
  static final int MOST = 64;

  private static final Pattern BOUNDARY =
      Pattern.compile(
          ";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s\";,]{1,70}))", Pattern.CASE_INSENSITIVE);

  private static final byte[] HEADERS_END = ascii("\r\n\r\n");

  private Multipart() {}

  /**
   * The contents of the parts.
   *
   * @param type the header Content-Type, which names the boundary
   */
  static List<byte[]> parts(String type, byte[] body) throws Problem {
    Matcher matcher = BOUNDARY.matcher(type);
    if (!matcher.find()) {
      throw malformed("Content-Type names no boundary");
    }
    String boundary = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    byte[] first = ascii("--" + boundary);
    byte[] delimiter = ascii("\r\n--" + boundary);
    int at = find(body, first, 0);
    if (at < 0) {
      throw malformed("the boundary does not occur");
    }
    at += first.length;
    List<byte[]> parts = new ArrayList<>();
    while (!startsWith(body, at, "--")) {
      int headers = find(body, HEADERS_END, at);
      int from = headers + HEADERS_END.length;
      int end = headers < 0 ? -1 : find(body, delimiter, from);
      if (end < 0) {
        throw malformed("its end is missing");
      }
      if (parts.size() == MOST) {
        throw new Problem(413, "Too many images", "at most %d in one request".formatted(MOST));
      }
      parts.add(Arrays.copyOfRange(body, from, end));
      at = end + delimiter.length;
    }
    if (parts.isEmpty()) {
      throw malformed("it has no part");
    }
    return parts;
  }

  private static Problem malformed(String why) {
    return new Problem(400, "Malformed body", "not a body of " + TYPE + ": " + why);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean startsWith(byte[] body, int at, String text) {
    byte[] wanted = ascii(text);
    return at + wanted.length <= body.length
        && Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length);
  }

  /** Where a sequence begins; -1 if it does not occur. */
  private static int find(byte[] body, byte[] wanted, int from) {
    for (int at = from; at <= body.length - wanted.length; at++) {
      if (body[at] == wanted[0]
          && Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }
}
