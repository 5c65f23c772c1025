/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.sink;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import uniass.gateway.kind.ConfigurationCheck;
import uniass.gateway.kind.Configured;

/** Looks at the addresses of webhooks. */
@Component
public final class WebhookCheck implements ConfigurationCheck {

  @Override
  public Optional<String> fault(List<Configured> all) {
    for (Configured one : all) {
      if (one.pid().equals(WebhookSink.PID)) {
        try {
          WebhookSink.address(one.text("url"));
        } catch (IOException e) {
          return Optional.of(one.where() + ": url: " + e.getMessage());
        }
      }
    }
    return Optional.empty();
  }
}
