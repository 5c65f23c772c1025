/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import uniass.gateway.http.HttpFront;
import uniass.gateway.testing.Gateway;
import uniass.gateway.testing.TinyModel;

/** Several images in one request, and drawn answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InspectFrontTest {

  private static final String SEVERAL = "multipart/form-data; boundary=cut";

  private final TinyModel models = new TinyModel();
  private Gateway gateway;
  private HttpFront front;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Path model = models.write(folder.resolve("model.safetensors"), 1e-9, 1e9);
    gateway = new Gateway(models, Map.of());
    front =
        new Front(
            gateway.stations(),
            gateway.results(),
            gateway.recalibration(),
            gateway.sources(),
            gateway.settings());
    gateway.station("line3", model, Map.of("queue", 2));
    gateway.station("forgetful", model, Map.of("keep", "none"));
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  private static byte[] body(byte[]... images) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] image : images) {
      body.writeBytes(
          "--cut\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(image);
      body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    body.writeBytes("--cut--\r\n".getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }

  private Call call(String station, byte[] body) throws IOException {
    return Call.post("/stations/" + station + "/inspect", body);
  }

  @Test
  void imagesOfOneRequestAreAnsweredInTheirOrder() throws Exception {
    byte[][] images = new byte[9][];
    for (int i = 0; i < images.length; i++) {
      images[i] = i == 4 ? new byte[] {1, 2, 3} : TinyModel.image(i);
    }
    Call call = call("line3", body(images)).with("Content-Type", SEVERAL).answeredBy(front);
    assertEquals(200, call.status(), call.text());
    JsonArray results = call.json().getAsJsonArray("results");
    assertEquals(images.length, results.size());
    for (int i = 0; i < images.length; i++) {
      JsonObject result = results.get(i).getAsJsonObject();
      if (i == 4) {
        assertEquals(422, result.get("status").getAsInt());
        assertTrue(result.get("detail").getAsString().startsWith("image 5: "), result.toString());
      } else {
        assertEquals("line3", result.get("station").getAsString(), result.toString());
      }
    }
  }

  @Test
  @Timeout(600) // a thread that waits would wait for ever
  void noThreadWaitsForAnImage() throws Exception {
    Call one;
    Call several;
    synchronized (gateway.results()) { // no result is published meanwhile
      one = call("line3", TinyModel.image(1)).begunBy(front);
      several =
          call("forgetful", body(TinyModel.image(1), TinyModel.image(2), TinyModel.image(3)))
              .with("Content-Type", SEVERAL)
              .begunBy(front);
      assertFalse(one.isAnswered() || several.isAnswered());
    }
    assertEquals("line3", one.awaited().json().get("station").getAsString());
    assertEquals(3, several.awaited().json().getAsJsonArray("results").size());
  }

  @Test
  void whatIsWrongWithAllOfThemIsTheAnswer() throws Exception {
    byte[] body = body(TinyModel.image(1));
    assertEquals(404, call("line9", body).with("Content-Type", SEVERAL).answeredBy(front).status());
    assertEquals(
        400,
        call("line3", TinyModel.image(1)).with("Content-Type", SEVERAL).answeredBy(front).status());
  }

  @Test
  void theAnswerMayBeAnImage() throws Exception {
    Call call = call("line3", TinyModel.image(1)).with("Accept", "image/png").answeredBy(front);
    assertEquals(200, call.status());
    assertEquals("image/png", call.received("Content-Type"));
    assertEquals(48, ImageIO.read(new ByteArrayInputStream(call.bytes())).getWidth());
    assertEquals("anomalous", call.received("Uniass-Verdict"));
    String path = call.received("Location").replace("/uniass/api/v1", "");
    assertEquals("line3", Call.get(path).answeredBy(front).json().get("station").getAsString());
    assertEquals(
        406,
        call("forgetful", TinyModel.image(1))
            .with("Accept", "image/png")
            .answeredBy(front)
            .status());
  }
}
