/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import uniass.gateway.http.BodyReceiver;
import uniass.gateway.http.HttpFront;
import uniass.gateway.http.HttpRequest;
import uniass.gateway.http.HttpResponse;

/** A request and what became of it, as a server would hand them over. */
final class Call implements HttpRequest {

  private static final int PATIENCE_SECONDS = 600;

  private final String method;
  private final String path;
  private String query = "";
  private String serverAddress = "127.0.0.1";
  private InputStream in = InputStream.nullInputStream();
  private final Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, String> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int status;
  private boolean gone;
  private final CountDownLatch answered = new CountDownLatch(1);
  private List<BodyReceiver> hung;

  Call(String method, String address) {
    this.method = method;
    int question = address.indexOf('?');
    this.path = question < 0 ? address : address.substring(0, question);
    if (question >= 0) {
      query = address.substring(question + 1);
    }
    sent.put("Host", "127.0.0.1:8080");
  }

  static Call get(String address) {
    return new Call("GET", "/api/v1" + address);
  }

  static Call post(String address, byte[] body) {
    return new Call("POST", "/api/v1" + address).body(new ByteArrayInputStream(body));
  }

  Call with(String header, String value) {
    sent.put(header, value);
    return this;
  }

  Call at(String address) {
    serverAddress = address;
    return this;
  }

  Call body(InputStream body) {
    in = body;
    return this;
  }

  /** Nothing of its body comes until the test says what. */
  Call hung(List<BodyReceiver> receivers) {
    hung = receivers;
    return this;
  }

  /** Its client waits for no answer. */
  Call gone() {
    gone = true;
    return this;
  }

  Call answeredBy(HttpFront front) {
    front.answer(this, new Answer());
    return hung == null ? awaited() : this;
  }

  /** Waits for the answer, which may come later. */
  Call awaited() {
    try {
      assertTrue(answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "it is not answered");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** Hands the request over, and does not wait for the answer. */
  Call begunBy(HttpFront front) {
    front.answer(this, new Answer());
    return this;
  }

  boolean isAnswered() {
    return answered.getCount() == 0;
  }

  int status() {
    return status;
  }

  String received(String header) {
    return received.get(header);
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  JsonObject json() {
    return JsonParser.parseString(text()).getAsJsonObject();
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String query() {
    return query;
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(sent.get(name));
  }

  @Override
  public String serverAddress() {
    return serverAddress;
  }

  @Override
  public InputStream body() {
    return in;
  }

  @Override
  public void receive(BodyReceiver receiver) {
    if (hung != null) {
      hung.add(receiver);
      return;
    }
    byte[] piece = new byte[1000];
    try {
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        if (n > 0 && !receiver.take(piece, n)) {
          return;
        }
      }
    } catch (IOException e) {
      receiver.failed(e);
      return;
    }
    receiver.whole();
  }

  private final class Answer implements HttpResponse {

    @Override
    public void status(int code) {
      status = code;
    }

    @Override
    public void header(String name, String value) {
      received.put(name, value);
    }

    @Override
    public void send(byte[] body, Runnable ended) throws IOException {
      try {
        stream().write(body);
        ended.run();
      } finally {
        answered.countDown();
      }
    }

    @Override
    public OutputStream body() throws IOException {
      answered.countDown();
      return stream();
    }

    private OutputStream stream() throws IOException {
      if (gone) {
        throw new IOException("Broken pipe");
      }
      return out;
    }
  }
}
