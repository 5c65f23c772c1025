/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import uniass.api.experiment.Experiments;
import uniass.api.experiment.PluginInfo;

/** The bundles together: every component finds what it needs, every plug-in says what it is. */
class ComponentsTest {

  /** What only a framework without PyTorch has. */
  private static final String LEFT_OUT = "uniass.tensor.EngineLeftOut";

  @InjectBundleContext BundleContext context;

  @InjectService ServiceComponentRuntime components;

  @InjectService(timeout = Patience.MILLISECONDS)
  Experiments experiments;

  @InjectService ConfigurationAdmin configurations;

  /** The gateway needs its configuration, and does not begin with defaults to begin anew later. */
  @Test
  void everyComponentIsSatisfied() throws Exception {
    assertNull(context.getServiceReference("uniass.gateway.Stations"));
    Configuration gateway = configurations.getConfiguration("uniass.gateway", "?");
    gateway.update(new Hashtable<>());
    try {
      Patience.await("every component is satisfied; now: " + waiting(), () -> waiting().isEmpty());
      assertNotNull(context.getServiceReference("uniass.gateway.Stations"));
    } finally {
      gateway.delete();
    }
  }

  private List<String> waiting() {
    List<String> waiting = new ArrayList<>();
    for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs()) {
      if (!component.bundle.symbolicName.startsWith("uniass.")
          || component.configurationPolicy.equals("require") // there are as many as configured
          || Stream.of(component.references).anyMatch(r -> r.interfaceName.equals(LEFT_OUT))) {
        continue;
      }
      for (ComponentConfigurationDTO configuration :
          components.getComponentConfigurationDTOs(component)) {
        if (configuration.state != ComponentConfigurationDTO.SATISFIED
            && configuration.state != ComponentConfigurationDTO.ACTIVE) {
          waiting.add(component.name);
        }
      }
    }
    return waiting;
  }

  @Test
  void everyPluginHasPrototypeScopeAndADescription() throws InvalidSyntaxException {
    for (ServiceReference<?> plugin : plugins()) {
      String name = String.valueOf(plugin.getProperty("uniass.name"));
      assertEquals(
          Constants.SCOPE_PROTOTYPE,
          plugin.getProperty(Constants.SERVICE_SCOPE),
          "scope of " + name);
      assertTrue(
          plugin.getProperty("uniass.description") instanceof String text && !text.isBlank(),
          "description of " + name);
    }
  }

  @Test
  void thePartsOfThePaperAreThere() {
    Map<String, TreeSet<String>> names = new TreeMap<>();
    for (PluginInfo plugin : experiments.plugins()) {
      names.computeIfAbsent(plugin.type(), type -> new TreeSet<>()).add(plugin.name());
    }
    Map<String, List<String>> expected =
        Map.of(
            "backbone", List.of("efficientnet-b4", "efficientnet-lite0"),
            "gated-cnn", List.of("mgg-cnn", "conv3x3", "identity"),
            "attention", List.of("spatial-channel", "spatial"),
            "pixel-decoder", List.of("transformer-fpn", "fpn"),
            "loss", List.of("mse", "cosine"),
            "fusion", List.of("product"),
            "dataset", List.of("mvtec-ad", "folder"),
            "metric", List.of("pixel-ap", "dice", "pixel-auroc", "aupro", "image-auroc"));
    expected.forEach(
        (type, parts) ->
            assertTrue(
                names.getOrDefault(type, new TreeSet<>()).containsAll(parts),
                type + ": " + names.get(type) + " lacks one of " + parts));
  }

  private ServiceReference<?>[] plugins() throws InvalidSyntaxException {
    ServiceReference<?>[] plugins = context.getAllServiceReferences(null, "(uniass.name=*)");
    assertTrue(plugins != null, "no plug-in is there");
    return plugins;
  }
}
