/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.sink;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
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
    configurationPid = "uniass.sink.webhook",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = WebhookConfig.class, factory = true)
public final class WebhookSink implements VerdictSink {

  private final HttpClient client;
  private final URI address;
  private final String token;
  private final Duration timeout;

  /** Creates the component. */
  @Activate
  public WebhookSink(WebhookConfig config) {
    address = URI.create(config.url());
    token = config.token();
    timeout = Duration.ofMillis(config.timeout());
    client = HttpClient.newBuilder().connectTimeout(timeout).build();
  }

  @Override
  public void deliver(InspectionResult result, Optional<Evidence> evidence) throws IOException {
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
