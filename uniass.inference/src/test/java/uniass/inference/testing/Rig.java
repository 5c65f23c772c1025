package uniass.inference.testing;

import uniass.api.data.Pictures;
import uniass.checkpoint.CheckpointFiles;
import uniass.datasets.pictures.PicturesComponent;
import uniass.inference.Services;
import uniass.metrics.engine.ScoringEngine;
import uniass.metrics.line.OrderThresholds;
import uniass.model.network.AssembledNetworks;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;

/** The real services, put together by hand. */
public final class Rig {

  private Rig() {}

  /** All services over some plug-ins. */
  public static Services services(PlainPlugins plugins) {
    EngineReady engine = Engines.load();
    Pictures pictures = new PicturesComponent(null, 0, 2);
    return new Services(
        plugins,
        new AssembledNetworks(engine),
        new CheckpointFiles(),
        pictures,
        new ScoringEngine(pictures),
        new OrderThresholds(),
        engine);
  }
}
