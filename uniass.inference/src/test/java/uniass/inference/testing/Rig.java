package uniass.inference.testing;

import uniass.api.data.Images;
import uniass.checkpoint.CheckpointFiles;
import uniass.datasets.images.ImagesComponent;
import uniass.inference.Services;
import uniass.metrics.engine.ScoringEngine;
import uniass.metrics.thresholds.Calibrator;
import uniass.model.network.AssembledNetworks;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;

/** The real services, put together by hand. */
public final class Rig {

  private Rig() {}

  /** All services over some plug-ins. */
  public static Services services(PlainPlugins plugins) {
    EngineReady engine = Engines.load();
    Images images = new ImagesComponent(null, 0, 2);
    return new Services(
        plugins,
        new AssembledNetworks(engine),
        new CheckpointFiles(),
        images,
        new ScoringEngine(images),
        new Calibrator(),
        engine);
  }
}
