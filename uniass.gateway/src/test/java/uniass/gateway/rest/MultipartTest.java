/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultipartTest {

  private static final String TYPE = "multipart/form-data; boundary=--xyz";

  private static List<String> parts(String type, String body) throws Problem {
    return Multipart.parts(type, body.getBytes(StandardCharsets.ISO_8859_1)).stream()
        .map(part -> new String(part, StandardCharsets.ISO_8859_1))
        .toList();
  }

  private static String part(String content) {
    return "----xyz\r\nContent-Disposition: form-data; name=\"a\"; filename=\"../b\"\r\n\r\n"
        + content
        + "\r\n";
  }

  @Test
  void partsAreTakenAsTheyAre() throws Problem {
    String binary = "\u0000\r\n\r\n\u00ff--xyz\r\n--xy";
    String body =
        "preamble\r\n" + part(binary) + part("") + "----xyz\r\n\r\nno header\r\n----xyz--";
    assertEquals(List.of(binary, "", "no header"), parts(TYPE, body));
    assertEquals(
        List.of("x"), parts("multipart/form-data;Boundary=\"--xyz\"", part("x") + "----xyz--\r\n"));
  }

  @Test
  void whatIsCutOffOrEmptyIsRefused() {
    for (String body :
        List.of("", "----xyz", "----xyz--", part("x"), part("x") + "----xyz\r\nA: b", "nothing")) {
      assertEquals(400, assertThrows(Problem.class, () -> parts(TYPE, body)).status(), body);
    }
    assertEquals(
        400, assertThrows(Problem.class, () -> parts("multipart/form-data", part("x"))).status());
    String many = part("x").repeat(Multipart.MOST + 1) + "----xyz--";
    assertEquals(413, assertThrows(Problem.class, () -> parts(TYPE, many)).status());
  }
}
