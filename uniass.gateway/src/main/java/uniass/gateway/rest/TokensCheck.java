/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import uniass.api.UniassException;
import uniass.gateway.kind.ConfigurationCheck;
import uniass.gateway.kind.Configured;

/** Reads the token file once before all requests would be refused because of it. */
@Component
public final class TokensCheck implements ConfigurationCheck {

  @Override
  public Optional<String> fault(List<Configured> all) {
    for (Configured one : all) {
      if (one.pid().equals("uniass.gateway") && !one.text("tokens").isBlank()) {
        try {
          Access.of(Path.of(one.text("tokens")));
        } catch (UniassException | InvalidPathException e) {
          return Optional.of("token file: " + e.getMessage());
        }
      }
    }
    return Optional.empty();
  }
}
