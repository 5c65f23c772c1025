/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.api.inspection.Inspection;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;

/**
 * Opens the model of a factory configuration and publishes it. If that fails, one line in the log
 * says why, and there is no service; a changed configuration closes the model and opens it anew.
 */
@Component(
    configurationPid = "uniass.inspector",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {})
@Designate(ocd = InspectorConfig.class, factory = true)
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"uniass.api.inspection.Inspector\"",
    uses = Inspector.class,
    effective = "active")
public final class InspectorComponent {

  private static final Logger LOG = LoggerFactory.getLogger(InspectorComponent.class);

  private Inspector inspector;
  private ServiceRegistration<Inspector> registration;

  /** Opens the model. */
  @Activate
  public InspectorComponent(
      BundleContext context,
      @Reference Inspection inspection,
      InspectorConfig config,
      Map<String, Object> properties) {
    String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
    try {
      inspector = inspection.open(model(config), options(config));
    } catch (UniassException e) {
      LOG.error("{}: no inspector: {}", pid, e.getMessage());
      LOG.debug("{}: no inspector", pid, e);
      return;
    }
    Dictionary<String, Object> published = new Hashtable<>();
    published.put(Constants.SERVICE_PID, pid);
    published.put(Inspector.MODEL, inspector.model().experiment());
    if (!config.category().isBlank()) {
      published.put(Inspector.CATEGORY, config.category());
    }
    registration = context.registerService(Inspector.class, inspector, published);
  }

  private static Path model(InspectorConfig config) {
    if (config.model() == null || config.model().isBlank()) {
      throw new UniassException("'model' is missing: give a model file");
    }
    try {
      return Path.of(config.model());
    } catch (InvalidPathException e) {
      throw new UniassException("model: '" + config.model() + "' is not a file name", e);
    }
  }

  private static InspectionOptions options(InspectorConfig config) {
    InspectionOptions options =
        tiles(
            InspectionOptions.defaults().withDevice(config.device()).withBatch(config.batch()),
            config);
    if (!config.experiment().isBlank()) {
      options = options.withExperiment(config.experiment());
    }
    return config.category().isBlank() ? options : options.withCategory(config.category());
  }

  private static InspectionOptions tiles(InspectionOptions options, InspectorConfig config) {
    return switch (config.tiles()) {
      case "as-trained" -> options;
      case "none" -> options.withoutTiles();
      default -> {
        try {
          yield options.withTiles(Integer.parseInt(config.tiles().trim()), config.overlap());
        } catch (IllegalArgumentException e) {
          throw new UniassException(
              "tiles: '%s' with overlap %d; give as-trained, none, or a size in pixels that is larger than the overlap"
                  .formatted(config.tiles(), config.overlap()),
              e);
        }
      }
    };
  }

  @Deactivate
  void close() {
    if (registration != null) {
      registration.unregister();
      inspector.close();
    }
  }
}
