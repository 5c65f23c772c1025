/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.checkpoint.ConversionReport;
import uniass.api.experiment.ConversionOptions;
import uniass.api.experiment.Experiment;
import uniass.api.experiment.Experiments;
import uniass.api.experiment.MapScoringOptions;
import uniass.api.experiment.PluginInfo;
import uniass.api.experiment.RunEvent;
import uniass.api.experiment.RunInfo;
import uniass.api.experiment.SettingInfo;
import uniass.inference.experiment.ExperimentLibrary;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.SettingsReference;
import uniass.runner.convert.ModelConversion;
import uniass.runner.dataset.ImageDepth;
import uniass.runner.evaluate.EvaluationRun;
import uniass.runner.evaluate.SyntheticSearch;
import uniass.runner.queue.RunQueue;
import uniass.runner.queue.Services;
import uniass.runner.score.StoredMapScoring;
import uniass.runner.train.HeldOutLoss;
import uniass.runner.train.TrainingRun;

/** Framework-independent implementation of {@link Experiments}. */
public final class ExperimentRunner implements Experiments {

  private final Services services;
  private final RunQueue queue;

  /** Runs experiments; runs report to the listeners. */
  public ExperimentRunner(Services services, Consumer<RunEvent> listeners) {
    this.services = services;
    this.queue = new RunQueue(listeners);
  }

  @Override
  public List<PluginInfo> plugins() {
    return services.plugins().list();
  }

  @Override
  public List<SettingInfo> settings() {
    return new SettingsReference(services.plugins()).experiment();
  }

  @Override
  public List<SettingInfo> settings(PluginInfo plugin) {
    return new SettingsReference(services.plugins()).plugin(plugin);
  }

  @Override
  public List<String> shipped() {
    return ExperimentLibrary.SHIPPED;
  }

  @Override
  public Experiment read(String source, List<String> overrides) {
    return buildable(source, services.library().read(source, overrides));
  }

  @Override
  public Experiment parse(String name, String yaml) {
    return buildable(name, services.library().parse(name, yaml, Path.of(""), List.of()));
  }

  private Experiment buildable(String source, ExperimentSpec spec) {
    List<String> refusals = services.composer().refusals(spec);
    if (!refusals.isEmpty()) {
      throw new UniassException(
          source + ": " + String.join(System.lineSeparator() + source + ": ", refusals));
    }
    return spec;
  }

  @Override
  public DatasetCheck check(Experiment experiment, Progress progress) {
    return new ExperimentCheck(services, ExperimentSpec.of(experiment)).run(progress);
  }

  @Override
  public List<FoundDefects> findSynthetic(Experiment experiment, Path model, Progress progress) {
    ExperimentSpec spec = ExperimentSpec.of(experiment);
    return queue.run(
        "check",
        spec.name(),
        progress,
        control -> new SyntheticSearch(services, spec, control).run(model));
  }

  @Override
  public TrainingResult train(Experiment experiment, TrainingOptions options, Progress progress) {
    ExperimentSpec spec = ExperimentSpec.of(experiment);
    return run(spec, options, progress, TrainingRun::run);
  }

  @Override
  public int heldOut(Experiment experiment) {
    return HeldOutLoss.count(
        services, ImageDepth.ofTrainingImages(services, ExperimentSpec.of(experiment)));
  }

  @Override
  public double trainTo(
      Experiment experiment, int epochs, TrainingOptions options, Progress progress) {
    ExperimentSpec spec = ExperimentSpec.of(experiment);
    return run(spec, options, progress, training -> training.runTo(epochs));
  }

  private <T> T run(
      ExperimentSpec spec,
      TrainingOptions options,
      Progress progress,
      Function<TrainingRun, T> work) {
    TrainingRun.prepare(TrainingRun.folder(spec, options.out()), options);
    return queue.run(
        "train",
        spec.name(),
        progress,
        control ->
            work.apply(
                new TrainingRun(
                    services, ImageDepth.ofTrainingImages(services, spec), options, control)));
  }

  @Override
  public EvaluationResult evaluate(
      Experiment experiment, EvaluationOptions options, Progress progress) {
    ExperimentSpec spec = ExperimentSpec.of(experiment);
    return queue.run(
        "evaluate",
        spec.name(),
        progress,
        control ->
            new EvaluationRun(
                    services, ImageDepth.ofModel(services, spec, options.model()), options, control)
                .run());
  }

  @Override
  public MapScoringResult score(MapScoringOptions options, Progress progress) {
    return new StoredMapScoring(services, options).score(progress);
  }

  @Override
  public ConversionReport convert(ConversionOptions options) {
    return new ModelConversion(services).convert(options);
  }

  @Override
  public List<RunInfo> runs() {
    return queue.infos();
  }

  @Override
  public boolean cancel(String run) {
    return queue.stop(run, "canceled");
  }

  /** Stops all runs, with checkpoints, and waits for their ends. */
  public void close(String cause) {
    queue.close(cause);
  }
}
