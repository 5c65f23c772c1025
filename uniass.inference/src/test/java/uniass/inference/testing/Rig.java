/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.testing;

import uniass.api.checkpoint.Checkpoints;
import uniass.api.data.Images;
import uniass.api.inspection.Inspection;
import uniass.api.metric.Scoring;
import uniass.api.metric.ThresholdCalibrator;
import uniass.checkpoint.CheckpointFiles;
import uniass.datasets.images.ImagesComponent;
import uniass.inference.InspectionComponent;
import uniass.inference.model.Models;
import uniass.inference.model.ModelsComponent;
import uniass.metrics.engine.ScoringEngine;
import uniass.metrics.thresholds.Calibrator;
import uniass.model.network.AssembledNetworks;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;

/** The real services over some plug-ins, put together by hand. */
public final class Rig {

  private final Images images = new ImagesComponent(null, 0, 2);
  private final Checkpoints checkpoints = new CheckpointFiles();
  private final ThresholdCalibrator thresholds = new Calibrator();
  private final Models models;

  /** Puts them together. */
  public Rig(PlainPlugins plugins) {
    EngineReady engine = Engines.load();
    models = new ModelsComponent(plugins, new AssembledNetworks(engine), checkpoints, engine);
  }

  /** Opens model files and builds networks. */
  public Models models() {
    return models;
  }

  /** Reads and writes model files. */
  public Checkpoints checkpoints() {
    return checkpoints;
  }

  /** Reads images. */
  public Images images() {
    return images;
  }

  /** Computes metrics. */
  public Scoring scoring() {
    return new ScoringEngine(images);
  }

  /** Finds thresholds. */
  public ThresholdCalibrator thresholds() {
    return thresholds;
  }

  /** Opens models. */
  public Inspection inspection() {
    return new InspectionComponent(models, images, checkpoints, null);
  }
}
