/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.sink;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import uniass.gateway.Evidence;
import uniass.gateway.InspectionResult;
import uniass.gateway.VerdictSink;

/**
 * Posts results. Any status from 200 to 299 means that the result was taken; the header {@code
 * Idempotency-Key} has its id, so that the receiver can recognize one that it gets twice because an
 * answer was lost.
 */
@Component(
    service = VerdictSink.class,
    configurationPid = WebhookSink.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = WebhookConfig.class, factory = true)
public final class WebhookSink implements VerdictSink {

  static final String PID = "uniass.sink.webhook";

  private final HttpClient client;
  private final String url;
  private final String token;
  private final Duration timeout;

  /** Creates the component. */
  @Activate
  public WebhookSink(WebhookConfig config) {
    url = config.url();
    token = config.token();
    timeout = Duration.ofMillis(config.timeout());
    client = HttpClient.newBuilder().connectTimeout(timeout).build();
  }

  /**
   * Reads an address.
   *
   * @throws IOException if results cannot be posted there
   */
  static URI address(String url) throws IOException {
    URI address;
    try {
      address = new URI(url);
    } catch (URISyntaxException e) {
      throw new IOException(wrong(url), e);
    }
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https") || address.getHost() == null) {
      throw new IOException(wrong(url));
    }
    return address;
  }

  /** Without what may be a password. */
  private static String wrong(String url) {
    return "'%s' is not an address to post to; write http://HOST:PORT/PATH, or https://..."
        .formatted(url.replaceFirst("//.*@", "//...@"));
  }

  @Override
  public String trouble() {
    try {
      address(url);
      return "";
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  @Override
  public void deliver(InspectionResult result, Optional<Evidence> evidence) throws IOException {
    URI address = address(url);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", result.id())
            .POST(BodyPublishers.ofString(result.json()));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<Void> response = client.send(request.build(), BodyHandlers.discarding());
      if (response.statusCode() / 100 != 2) {
        throw new IOException(address + " answers " + response.statusCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (java.net.ConnectException e) {
      throw new IOException("no connection to " + address, e);
    }
  }
}
