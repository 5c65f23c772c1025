/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor.internal;

import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.tensor.EngineLeftOut;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;

/**
 * Loads the engine when the bundle starts, and only then publishes {@link EngineReady}. If it
 * cannot be loaded, one line in the log says why, and whatever needs tensors stays unsatisfied. If
 * it is not wanted, it publishes {@link EngineLeftOut}.
 */
@Component(
    immediate = true,
    service = {})
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"uniass.tensor.EngineReady\"",
    uses = EngineReady.class,
    effective = "active")
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"uniass.tensor.EngineLeftOut\"",
    uses = EngineLeftOut.class,
    effective = "active")
public final class EngineStarter {

  private static final String CHOICE = "uniass.engine";
  private static final String WITHOUT = "onnx";
  private static final Logger LOG = LoggerFactory.getLogger(EngineStarter.class);

  private final ServiceRegistration<?> registration;

  /** Loads the engine; settings are framework properties, see {@link Engines}. */
  @Activate
  public EngineStarter(BundleContext context) {
    registration =
        WITHOUT.equals(context.getProperty(CHOICE))
            ? context.registerService(EngineLeftOut.class, new EngineLeftOut() {}, null)
            : start(context);
  }

  private static ServiceRegistration<EngineReady> start(BundleContext context) {
    try {
      EngineReady engine = Engines.load(context::getProperty);
      Dictionary<String, Object> properties = new Hashtable<>();
      properties.put("engine", engine.description());
      return context.registerService(EngineReady.class, engine, properties);
    } catch (IllegalStateException e) {
      LOG.error("PyTorch is not available: {}", e.getMessage());
      LOG.debug("PyTorch is not available", e);
      return null;
    }
  }

  @Deactivate
  void stop() {
    if (registration != null) {
      registration.unregister();
    }
  }
}
