/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;

/** The configurations that a command made; closing deletes them. */
final class Configurations implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);

  private final ConfigurationAdmin admin;
  private final List<Configuration> made = new ArrayList<>();

  Configurations(ConfigurationAdmin admin) {
    this.admin = admin;
  }

  void make(Setup setup) {
    Dictionary<String, Object> values = new Hashtable<>();
    setup
        .values()
        .forEach(
            (key, value) ->
                values.put(
                    key,
                    value instanceof List<?> list
                        ? list.stream().map(String::valueOf).toArray(String[]::new)
                        : value));
    try {
      Configuration configuration =
          setup.name().isEmpty()
              ? admin.getConfiguration(setup.pid(), "?")
              : admin.getFactoryConfiguration(setup.pid(), setup.name(), "?");
      made.add(configuration);
      configuration.update(values);
    } catch (IOException e) {
      throw new UniassException(setup.where() + ": cannot be configured: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    for (int i = made.size() - 1; i >= 0; i--) {
      try {
        made.get(i).delete();
      } catch (IOException | IllegalStateException e) {
        LOG.debug("a configuration stays", e);
      }
    }
  }
}
