package uniass.inference.plugin;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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

  private static final String TYPE = Plugin.PREFIX_ + "type";
  private static final String NAME = Plugin.PREFIX_ + "name";

  private final Set<Key> missing = new HashSet<>();
  private final Runnable complete;
  private final ServiceTracker<Object, ServiceReference<Object>> tracker;
  private boolean told;

  private record Key(Bundle bundle, Object type, Object name) {}

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
        Map<String, Object> attributes = declared.getAttributes();
        missing.add(new Key(bundle, attributes.get("type"), attributes.get("name")));
      }
    }
    this.tracker =
        new ServiceTracker<>(
            context, context.createFilter("(&(" + TYPE + "=*)(" + NAME + "=*))"), null) {
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
    tellOnce();
  }

  private void found(ServiceReference<Object> reference) {
    synchronized (missing) {
      missing.remove(
          new Key(reference.getBundle(), reference.getProperty(TYPE), reference.getProperty(NAME)));
    }
    tellOnce();
  }

  private void tellOnce() {
    synchronized (missing) {
      if (told || !missing.isEmpty()) {
        return;
      }
      told = true;
    }
    complete.run();
  }

  /** Waits no longer. */
  @Override
  public void close() {
    synchronized (missing) {
      told = true;
    }
    tracker.close();
  }
}
