/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.experiment;

import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.Progress;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.checkpoint.ConversionReport;
import uniass.api.data.Images;
import uniass.api.experiment.ConversionOptions;
import uniass.api.experiment.Experiment;
import uniass.api.experiment.Experiments;
import uniass.api.experiment.MapScoringOptions;
import uniass.api.experiment.PluginInfo;
import uniass.api.experiment.RunEvent;
import uniass.api.experiment.RunInfo;
import uniass.api.experiment.RunListener;
import uniass.api.experiment.SettingInfo;
import uniass.api.metric.Scoring;
import uniass.api.metric.ThresholdCalibrator;
import uniass.inference.model.Models;
import uniass.runner.queue.Services;

/** Publishes {@link Experiments}, and passes run events to every {@link RunListener} service. */
@Component(service = Experiments.class)
public final class ExperimentsComponent implements Experiments {

  private static final Logger LOG = LoggerFactory.getLogger(ExperimentsComponent.class);

  private final ExperimentRunner runner;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<RunListener> listeners;

  /** Creates the component. */
  @Activate
  public ExperimentsComponent(
      @Reference Models models,
      @Reference Checkpoints checkpoints,
      @Reference Images images,
      @Reference Scoring scoring,
      @Reference ThresholdCalibrator thresholds) {
    Services services = new Services(models, checkpoints, images, scoring, thresholds);
    runner = new ExperimentRunner(services, this::publish);
  }

  @Deactivate
  void stop() {
    runner.close("the framework or a bundle that runs need is stopping");
  }

  private void publish(RunEvent event) {
    LOG.debug("{}", event);
    for (RunListener listener : listeners) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException e) {
        LOG.warn("a run listener failed: {}", listener, e);
      }
    }
  }

  @Override
  public List<PluginInfo> plugins() {
    return runner.plugins();
  }

  @Override
  public List<SettingInfo> settings() {
    return runner.settings();
  }

  @Override
  public List<SettingInfo> settings(PluginInfo plugin) {
    return runner.settings(plugin);
  }

  @Override
  public List<String> shipped() {
    return runner.shipped();
  }

  @Override
  public Experiment read(String source, List<String> overrides) {
    return runner.read(source, overrides);
  }

  @Override
  public Experiment parse(String name, String yaml) {
    return runner.parse(name, yaml);
  }

  @Override
  public DatasetCheck check(Experiment experiment, Progress progress) {
    return runner.check(experiment, progress);
  }

  @Override
  public List<FoundDefects> findSynthetic(Experiment experiment, Path model, Progress progress) {
    return runner.findSynthetic(experiment, model, progress);
  }

  @Override
  public TrainingResult train(Experiment experiment, TrainingOptions options, Progress progress) {
    return runner.train(experiment, options, progress);
  }

  @Override
  public int heldOut(Experiment experiment) {
    return runner.heldOut(experiment);
  }

  @Override
  public double trainTo(
      Experiment experiment, int epochs, TrainingOptions options, Progress progress) {
    return runner.trainTo(experiment, epochs, options, progress);
  }

  @Override
  public EvaluationResult evaluate(
      Experiment experiment, EvaluationOptions options, Progress progress) {
    return runner.evaluate(experiment, options, progress);
  }

  @Override
  public MapScoringResult score(MapScoringOptions options, Progress progress) {
    return runner.score(options, progress);
  }

  @Override
  public ConversionReport convert(ConversionOptions options) {
    return runner.convert(options);
  }

  @Override
  public List<RunInfo> runs() {
    return runner.runs();
  }

  @Override
  public boolean cancel(String run) {
    return runner.cancel(run);
  }
}
