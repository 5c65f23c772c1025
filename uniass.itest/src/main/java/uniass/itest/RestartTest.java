/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.util.tracker.ServiceTracker;
import uniass.api.inspection.Inspection;

/** Bundles that stop and start while others use them. */
class RestartTest {

  @InjectBundleContext BundleContext context;

  @InjectService(timeout = Patience.MILLISECONDS)
  Inspection inspection;

  @ParameterizedTest
  @ValueSource(strings = {"uniass.metrics", "uniass.datasets", "uniass.model", "uniass.tensor"})
  void whoeverFindsTheInspectionFindsTheProductsPlugins(String name) throws Exception {
    List<String> before = plugins();
    Queue<List<String>> found = new ConcurrentLinkedQueue<>();
    ServiceTracker<Inspection, Inspection> tracker =
        new ServiceTracker<>(context, Inspection.class, null) {
          @Override
          public Inspection addingService(ServiceReference<Inspection> reference) {
            found.add(plugins());
            return super.addingService(reference);
          }
        };
    tracker.open();
    try {
      Bundle bundle = bundle(name);
      bundle.stop();
      bundle.start();
      tracker.waitForService(Patience.MILLISECONDS);
      assertTrue(!tracker.isEmpty(), "the inspection is back");
      for (List<String> plugins : found) {
        assertEquals(before, plugins);
      }
    } finally {
      tracker.close();
    }
  }

  private Bundle bundle(String name) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getSymbolicName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Those of the product's bundles: others come and go. */
  private List<String> plugins() {
    try {
      return Arrays.stream(context.getAllServiceReferences(null, "(uniass.name=*)"))
          .filter(
              plugin -> {
                Bundle owner = plugin.getBundle(); // null once it is gone
                return owner != null && owner.getSymbolicName().startsWith("uniass.");
              })
          .map(
              plugin ->
                  ((String[]) plugin.getProperty(Constants.OBJECTCLASS))[0]
                      + " "
                      + plugin.getProperty("uniass.name"))
          .sorted()
          .toList();
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
