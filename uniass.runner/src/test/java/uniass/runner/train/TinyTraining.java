/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uniass.api.Progress;
import uniass.api.experiment.Experiments.TrainingOptions;
import uniass.api.experiment.Experiments.TrainingResult;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.testing.PlainPlugins;
import uniass.inference.testing.Rig;
import uniass.runner.queue.RunQueue;
import uniass.runner.queue.Services;

/** The smallest trainings: of the whole network, and of a memory bank. */
final class TinyTraining {

  final PlainPlugins plugins = new PlainPlugins();
  final Rig rig = new Rig(plugins);
  final Services services =
      new Services(rig.models(), rig.checkpoints(), rig.images(), rig.scoring(), rig.thresholds());
  private final RunQueue queue = new RunQueue(event -> {});

  ExperimentSpec spec(Path data, String... more) {
    List<String> network =
        List.of(
            "model.hidden=32",
            "model.pixel-decoder.layers=1",
            "model.pixel-decoder.ffn=32",
            "model.attention.ffn=32",
            "model.attention.neighbour-mask=1",
            "train.epochs=3",
            "train.batch=4",
            "train.learning-rate=1e-3");
    return parsed(data, network, more);
  }

  /** A memory bank with these settings, such as {@code size: 20}. */
  ExperimentSpec bank(Path data, String settings, String... more) {
    return parsed(data, List.of("model.network={name: memory-bank, " + settings + "}"), more);
  }

  private ExperimentSpec parsed(Path data, List<String> network, String... more) {
    List<String> overrides =
        new ArrayList<>(
            List.of(
                "name=tiny",
                "dataset.root=" + data,
                "dataset.image-size=32",
                "model.backbone={name: efficientnet-lite0, weights: random}",
                "train.validate-every=0"));
    overrides.addAll(network);
    overrides.addAll(Arrays.asList(more));
    return services.library().parse("tiny.yaml", "{}", Path.of(""), overrides);
  }

  TrainingResult train(ExperimentSpec spec, Path out, boolean resume, Progress progress) {
    TrainingOptions options = new TrainingOptions(out, resume, false);
    TrainingRun.prepare(out, options);
    return queue.run(
        "train", spec.name(), progress, c -> new TrainingRun(services, spec, options, c).run());
  }

  double trainTo(Path data, int epochs, Path out, String... more) {
    ExperimentSpec spec = spec(data, more);
    TrainingOptions options = new TrainingOptions(out, true, false);
    return queue.run(
        "train",
        spec.name(),
        Progress.NONE,
        c -> new TrainingRun(services, spec, options, c).runTo(epochs));
  }
}
