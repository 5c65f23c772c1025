/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;

/** The configurations that a command made; closing deletes them. */
final class Configurations implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);

  private static final int PATIENCE_SECONDS = 10;

  private final BundleContext context;
  private final ConfigurationAdmin admin;
  private final List<Configuration> made = new ArrayList<>();

  Configurations(BundleContext context, ConfigurationAdmin admin) {
    this.context = context;
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

  /** Deletes them, and waits until everyone was told: a framework that ends meanwhile complains. */
  @Override
  public void close() {
    CountDownLatch told = new CountDownLatch(made.size());
    ConfigurationListener listener =
        event -> {
          if (event.getType() == ConfigurationEvent.CM_DELETED) {
            told.countDown();
          }
        };
    ServiceRegistration<?> registration =
        context.registerService(ConfigurationListener.class, listener, null);
    try {
      for (int i = made.size() - 1; i >= 0; i--) {
        delete(made.get(i), told);
      }
      if (!told.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.debug("not all were told of deleted configurations");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      registration.unregister();
    }
  }

  private static void delete(Configuration configuration, CountDownLatch told) {
    try {
      configuration.delete();
    } catch (IOException | IllegalStateException e) {
      LOG.debug("a configuration stays", e);
      told.countDown();
    }
  }
}
