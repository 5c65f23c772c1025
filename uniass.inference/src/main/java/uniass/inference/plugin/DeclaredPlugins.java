/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.util.tracker.ServiceTracker;
import uniass.api.plugin.Plugin;

/**
 * Waits for all plug-ins that some bundles declare as capabilities. A bundle that starts publishes
 * its components one by one: whoever opens a model at the first would miss the last.
 */
public final class DeclaredPlugins implements AutoCloseable {

  private static final String NAME = Plugin.PREFIX_ + "name";

  /** A bundle may name plug-ins of several types alike: as often as it declares them. */
  private final List<Key> missing = new ArrayList<>();

  private final Runnable complete;
  private final ServiceTracker<Object, ServiceReference<Object>> tracker;
  private boolean completed;

  private record Key(Bundle bundle, Object name) {}

  /**
   * Begins to wait.
   *
   * @param complete runs once, perhaps before the constructor returns
   */
  public DeclaredPlugins(BundleContext context, Collection<Bundle> bundles, Runnable complete)
      throws InvalidSyntaxException {
    this.complete = complete;
    for (Bundle bundle : bundles) {
      for (BundleCapability declared :
          bundle.adapt(BundleRevision.class).getDeclaredCapabilities(Plugin.NAMESPACE)) {
        missing.add(new Key(bundle, declared.getAttributes().get("name")));
      }
    }
    this.tracker =
        new ServiceTracker<>(context, context.createFilter("(" + NAME + "=*)"), null) {
          @Override
          public ServiceReference<Object> addingService(ServiceReference<Object> reference) {
            found(reference);
            return reference;
          }

          @Override
          public void removedService(
              ServiceReference<Object> reference, ServiceReference<Object> same) {}
        };
    tracker.open();
    completeOnce();
  }

  private void found(ServiceReference<Object> reference) {
    synchronized (missing) {
      missing.remove(new Key(reference.getBundle(), reference.getProperty(NAME)));
    }
    completeOnce();
  }

  private void completeOnce() {
    synchronized (missing) {
      if (completed || !missing.isEmpty()) {
        return;
      }
      completed = true;
    }
    complete.run();
  }

  /** Waits no longer. */
  @Override
  public void close() {
    synchronized (missing) {
      completed = true;
    }
    tracker.close();
  }
}
