package uniass.runner.run;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.data.Pictures;
import uniass.api.metric.LineThresholds;
import uniass.api.metric.Scoring;
import uniass.api.network.Networks;
import uniass.runner.plugin.Plugins;
import uniass.tensor.EngineReady;

/** Waits until all services are there that runs work with. */
@Component(service = ServicesComponent.class)
public final class ServicesComponent {

  private final Services services;

  /** Collects them. */
  @Activate
  public ServicesComponent(
      @Reference Plugins plugins,
      @Reference Networks networks,
      @Reference Checkpoints checkpoints,
      @Reference Pictures pictures,
      @Reference Scoring scoring,
      @Reference LineThresholds thresholds,
      @Reference EngineReady engine) {
    services = new Services(plugins, networks, checkpoints, pictures, scoring, thresholds, engine);
  }

  /** The services. */
  public Services services() {
    return services;
  }
}
