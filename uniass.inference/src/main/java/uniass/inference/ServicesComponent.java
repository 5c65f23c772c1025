package uniass.inference;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.data.Images;
import uniass.api.metric.Scoring;
import uniass.api.metric.ThresholdCalibrator;
import uniass.api.network.Networks;
import uniass.inference.plugin.DeclaredPlugins;
import uniass.inference.plugin.Plugins;
import uniass.tensor.EngineReady;

/**
 * Publishes {@link Services} when all services are there that runs work with, and all plug-ins of
 * their bundles: a component that waits for {@code Inspection} may open a model at once.
 */
@Component(
    immediate = true,
    service = {},
    property = "uniass.publishes=uniass.inference.Services")
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"uniass.inference.Services\"",
    effective = "active")
public final class ServicesComponent {

  private final BundleContext context;
  private final Services services;
  private final DeclaredPlugins declared;
  private ServiceRegistration<Services> registration;
  private boolean stopped;

  /** Collects the services. */
  @Activate
  public ServicesComponent(
      BundleContext context,
      @Reference Plugins plugins,
      @Reference Networks networks,
      @Reference Checkpoints checkpoints,
      @Reference Images images,
      @Reference Scoring scoring,
      @Reference ThresholdCalibrator thresholds,
      @Reference EngineReady engine)
      throws InvalidSyntaxException {
    this.context = context;
    services = new Services(plugins, networks, checkpoints, images, scoring, thresholds, engine);
    Set<Bundle> bundles =
        Stream.of(networks, checkpoints, images, scoring, thresholds)
            .map(service -> FrameworkUtil.getBundle(service.getClass()))
            .collect(Collectors.toSet());
    declared = new DeclaredPlugins(context, bundles, this::publish);
  }

  private void publish() {
    ServiceRegistration<Services> published =
        context.registerService(Services.class, services, null);
    synchronized (this) {
      if (!stopped) {
        registration = published;
        return;
      }
    }
    published.unregister();
  }

  @Deactivate
  void stop() {
    declared.close();
    ServiceRegistration<Services> published;
    synchronized (this) {
      stopped = true;
      published = registration;
    }
    if (published != null) {
      published.unregister();
    }
  }
}
