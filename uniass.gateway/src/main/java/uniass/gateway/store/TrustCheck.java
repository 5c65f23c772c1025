/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import uniass.api.UniassException;
import uniass.gateway.kind.ConfigurationCheck;
import uniass.gateway.kind.Configured;

/** Reads the certificates once before no station could open its model because of them. */
@Component
public final class TrustCheck implements ConfigurationCheck {

  @Override
  public Optional<String> fault(List<Configured> all) {
    for (Configured one : all) {
      if (one.pid().equals("uniass.gateway") && !one.text("trust").isBlank()) {
        try {
          Trust.of(Path.of(one.text("trust")));
        } catch (UniassException | InvalidPathException e) {
          return Optional.of(one.where() + ": trust: " + e.getMessage());
        }
      }
    }
    return Optional.empty();
  }
}
