/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.gateway.http.HttpRequest;
import uniass.gateway.http.HttpResponse;

/** The answer to a request. No thread waits for a client that is slow to read it. */
final class Reply {

  private static final Logger LOG = LoggerFactory.getLogger(Reply.class);

  /** Answers up to here are always sent: there cannot be enough connections for many. */
  private static final int SMALL = 64 << 10;

  private static final byte[] NOTHING = {};

  private final HttpRequest request;
  private final HttpResponse response;
  private final Budget budget;

  /** What is done with a request. */
  @FunctionalInterface
  interface Step {
    void run() throws Problem, IOException;
  }

  /**
   * Prepares an answer.
   *
   * @param budget memory that large answers may hold while they are sent
   */
  Reply(HttpRequest request, HttpResponse response, Budget budget) {
    this.request = request;
    this.response = response;
    this.budget = budget;
  }

  /**
   * Takes a step. Whatever is wrong becomes the answer, unless the client is gone.
   *
   * @return whether all went well
   */
  boolean guard(Step step) {
    try {
      try {
        step.run();
        return true;
      } catch (Problem problem) {
        send(problem);
      } catch (RuntimeException | Error e) {
        LOG.error("A request was not answered: {}", e.toString());
        LOG.debug("a request was not answered", e);
        send(new Problem(500, "Failed", "unexpected error; the log says more"));
      }
    } catch (IOException e) { // a page that was closed, a camera that lost its network
      LOG.debug("a client went away", e);
    }
    return false;
  }

  private void send(Problem problem) throws IOException {
    problem.headers().forEach(response::header);
    byte[] body = (problem.json() + "\n").getBytes(StandardCharsets.UTF_8);
    send(problem.status(), "application/problem+json", body, () -> {});
  }

  /** Answers. */
  void send(int status, String type, byte[] body) throws Problem, IOException {
    long held = body.length > SMALL ? body.length : 0;
    if (!budget.take(held)) {
      throw new Problem(503, "Too busy", "too many large answers are being sent; try again")
          .with("Retry-After", "1");
    }
    send(status, type, body, () -> budget.give(held));
  }

  private void send(int status, String type, byte[] body, Runnable ended) throws IOException {
    begin(status, type);
    response.header("Content-Length", String.valueOf(body.length));
    response.send(request.method().equals("HEAD") ? NOTHING : body, ended);
  }

  /** Sets a header. */
  void header(String name, String value) {
    response.header(name, value);
  }

  /** Begins an answer that has no end. */
  OutputStream stream(String type) throws IOException {
    begin(200, type);
    return response.body();
  }

  private void begin(int status, String type) {
    response.status(status);
    response.header("Content-Type", type);
  }
}
