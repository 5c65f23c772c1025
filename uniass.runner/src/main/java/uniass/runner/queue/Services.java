/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.queue;

import uniass.api.checkpoint.Checkpoints;
import uniass.api.data.Images;
import uniass.api.metric.Scoring;
import uniass.api.metric.ScoringOptions;
import uniass.api.metric.ThresholdCalibrator;
import uniass.inference.experiment.ExperimentLibrary;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.Composer;
import uniass.inference.model.Models;
import uniass.inference.pipeline.DatasetImages;
import uniass.inference.plugin.Plugins;
import uniass.tensor.EngineReady;

/**
 * What runs work with.
 *
 * @param models opens model files and builds networks
 * @param checkpoints reads and writes model files
 * @param images reads images
 * @param scoring computes metrics
 * @param thresholds finds thresholds for verdicts
 */
public record Services(
    Models models,
    Checkpoints checkpoints,
    Images images,
    Scoring scoring,
    ThresholdCalibrator thresholds) {

  /** The parts that experiments name. */
  public Plugins plugins() {
    return models.plugins();
  }

  /** Builds networks. */
  public Composer composer() {
    return models.composer();
  }

  /** Finds experiments. */
  public ExperimentLibrary library() {
    return models.library();
  }

  /** Computes. */
  public EngineReady engine() {
    return models.engine();
  }

  /** The images of an experiment's data set. */
  public DatasetImages images(ExperimentSpec spec) {
    return new DatasetImages(images, spec.dataset());
  }

  /** How an experiment's maps are scored: its conventions, masks as its data set has them. */
  public ScoringOptions scoringOptions(ExperimentSpec spec) {
    return ScoringOptions.of(
        scoring
            .protocol(spec.evaluate().rules())
            .withMaskThreshold(spec.dataset().format().maskThreshold()));
  }
}
