package uniass.runner.evaluate;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.Split;
import uniass.api.experiment.RunStoppedException;
import uniass.api.metric.Metric;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.api.network.AnomalyNetwork;
import uniass.api.plugin.Configured;
import uniass.inference.Services;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.pipeline.MapStream;
import uniass.io.Npy;
import uniass.runner.queue.RunControl;
import uniass.runner.score.NetworkScoring;

/** Evaluates a network over an experiment's test images. */
public final class Evaluation {

  private final Services services;
  private final ExperimentSpec spec;
  private final Device device;
  private final RunControl control;

  /** Evaluates as part of a run. */
  public Evaluation(Services services, ExperimentSpec spec, Device device, RunControl control) {
    this.services = services;
    this.spec = spec;
    this.device = device;
    this.control = control;
  }

  /** The images of an evaluation: those of the test split whose label is known. */
  public static List<Image> images(Dataset dataset) {
    List<Image> images =
        dataset.images(Split.TEST).stream().filter(p -> p.label() != Label.UNKNOWN).toList();
    if (images.isEmpty()) {
      throw new UniassException(
          dataset.root() + " has no test images with known labels, so nothing can be evaluated");
    }
    return images;
  }

  /**
   * Computes all figures.
   *
   * @param label what is evaluated, for the progress line
   * @param curves whether a report needs curves
   * @param maps is shown each map, too
   */
  public Scores score(
      AnomalyNetwork network,
      List<Image> images,
      List<Configured<Metric>> metrics,
      String label,
      boolean curves,
      Consumer<MapStream.Mapped> maps) {
    ScoringOptions all = services.scoringOptions(spec);
    ScoringOptions options =
        new ScoringOptions(
            all.protocol(),
            all.byDefect(),
            curves,
            all.memoryLimit(),
            all.scratch(),
            all.threads());
    return new NetworkScoring(services, spec.dataset(), device)
        .score(
            network,
            images,
            metrics,
            options,
            spec.evaluate().batch(),
            control::stopCause,
            maps,
            done -> control.step(label, done, images.size()))
        .orElseThrow(
            () ->
                new RunStoppedException(
                    control.id() + " stopped: " + control.stopCause().orElse("")));
  }

  /** Writes a map below a folder, under its image's path. */
  public static void writeMap(Path folder, MapStream.Mapped mapped) {
    Path file = folder.resolve(mapped.image().path() + ".npy");
    Npy.write(file, mapped.height(), mapped.width(), mapped.map());
  }
}
