/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import uniass.api.experiment.CommandLine;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.Prediction;

/** A model that a factory configuration opens. */
class InspectorTest {

  @InjectBundleContext BundleContext context;

  @InjectService(timeout = Patience.MILLISECONDS)
  CommandLine commandLine;

  @InjectService ConfigurationAdmin configurations;

  @InjectService(filter = "(hc.name=UniAS engine)")
  HealthCheck engine;

  @InjectService(filter = "(hc.name=UniAS inspectors)")
  HealthCheck inspectors;

  @TempDir Path folder;

  @Test
  void aConfigurationOpensAModelAndItsEndClosesIt() throws Exception {
    Path run = folder.resolve("run");
    Path experiment = Tiny.experiment(commandLine, folder, "conv1x1", 1);
    Outcome.of(commandLine, "train", experiment.toString(), "--out", run.toString()).done();
    Configuration configuration =
        configurations.getFactoryConfiguration("uniass.inspector", "line3", "?");
    try {
      configuration.update(settings(run.resolve("model.safetensors"), "cap"));
      Patience.await("the inspector is there", () -> reference() != null);
      ServiceReference<Inspector> first = reference();
      assertEquals("tiny", first.getProperty(Inspector.MODEL));
      assertEquals("cap", first.getProperty(Inspector.CATEGORY));
      assertTrue(engine.execute().toString().contains("PyTorch"), engine.execute()::toString);
      assertTrue(engine.execute().isOk());
      assertTrue(inspectors.execute().isOk(), inspectors.execute()::toString);
      assertTrue(inspectors.execute().toString().contains("model.safetensors is open"));
      Inspector inspector = context.getService(first);
      Path image = folder.resolve("images/cap/train/good/000.png");
      Prediction prediction = inspector.inspect(image);
      assertEquals(64, prediction.map().height());
      assertTrue(prediction.threshold().isPresent());

      configuration.update(settings(run.resolve("model.safetensors"), "wood"));
      Patience.await(
          "the inspector is another",
          () -> reference() != null && "wood".equals(reference().getProperty(Inspector.CATEGORY)));
      assertThrows(
          IllegalStateException.class, () -> inspector.inspect(image), "the old is closed");

      configuration.update(settings(folder.resolve("none.safetensors"), "wood"));
      Patience.await("a wrong configuration gives no service", () -> reference() == null);
      Patience.await(
          "which the health check says",
          () -> inspectors.execute().toString().contains("none.safetensors was not opened"));
      assertEquals(Result.Status.CRITICAL, inspectors.execute().getStatus());
    } finally {
      configuration.delete();
    }
    assertNull(reference());
  }

  private ServiceReference<Inspector> reference() {
    return context.getServiceReference(Inspector.class);
  }

  private static Dictionary<String, Object> settings(Path model, String category) {
    Dictionary<String, Object> settings = new Hashtable<>();
    settings.put("model", model.toString());
    settings.put("device", "cpu");
    settings.put("batch", 1);
    settings.put("category", category);
    return settings;
  }
}
