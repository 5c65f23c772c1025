/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import uniass.gateway.kind.ConfigurationCheck;
import uniass.gateway.kind.Configured;

/** Looks at brokers' addresses and files, and for client ids that are given twice. */
@Component
public final class MqttCheck implements ConfigurationCheck {

  private static final Set<String> PIDS = Set.of("uniass.sink.mqtt", "uniass.source.mqtt");

  @Override
  public Optional<String> fault(List<Configured> all) {
    Map<String, String> clients = new HashMap<>();
    for (Configured one : all) {
      if (!PIDS.contains(one.pid())) {
        continue;
      }
      Broker broker =
          new Broker(
              one.text("url"),
              one.text("client"),
              one.text("credentials"),
              one.text("trust"),
              one.text("identity"));
      String address;
      try {
        address = broker.address();
        broker.options();
      } catch (IOException | InvalidPathException e) {
        return Optional.of(one.where() + ": " + e.getMessage());
      }
      String other =
          broker.isKnown()
              ? clients.put(address.replaceFirst("^.*//", "") + " " + broker.client(), one.where())
              : null;
      if (other != null) {
        return Optional.of(
            "%s: client: '%s' is also the client id of %s; a broker lets only one in at a time: give each its own"
                .formatted(one.where(), broker.client(), other.replaceFirst("^.*?: ", "")));
      }
    }
    return Optional.empty();
  }
}
