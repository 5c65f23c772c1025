package uniass.inference;

import uniass.api.checkpoint.Checkpoints;
import uniass.api.data.Images;
import uniass.api.metric.Scoring;
import uniass.api.metric.ScoringOptions;
import uniass.api.metric.ThresholdCalibrator;
import uniass.api.network.Networks;
import uniass.inference.experiment.ExperimentLibrary;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.Composer;
import uniass.inference.model.ModelLoader;
import uniass.inference.plugin.Plugins;
import uniass.tensor.EngineReady;

/**
 * What runs work with.
 *
 * @param plugins the parts that experiments name
 * @param networks assembles them
 * @param checkpoints reads and writes model files
 * @param images reads images
 * @param scoring computes metrics
 * @param thresholds finds thresholds for verdicts
 * @param engine computes
 */
public record Services(
    Plugins plugins,
    Networks networks,
    Checkpoints checkpoints,
    Images images,
    Scoring scoring,
    ThresholdCalibrator thresholds,
    EngineReady engine) {

  /** Builds networks. */
  public Composer composer() {
    return new Composer(plugins, networks, checkpoints);
  }

  /** Finds experiments. */
  public ExperimentLibrary library() {
    return new ExperimentLibrary(plugins);
  }

  /** How an experiment's maps are scored: its conventions, masks as its data set has them. */
  public ScoringOptions scoringOptions(ExperimentSpec spec) {
    return ScoringOptions.of(
        scoring
            .protocol(spec.evaluate().rules())
            .withMaskThreshold(spec.dataset().format().maskThreshold()));
  }

  /** Loads models. */
  public ModelLoader models() {
    return new ModelLoader(plugins, composer(), checkpoints, library());
  }
}
