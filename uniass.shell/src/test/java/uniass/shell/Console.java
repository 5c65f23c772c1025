/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import uniass.api.experiment.Experiments;
import uniass.export.ModelExporter;
import uniass.inference.testing.PlainPlugins;
import uniass.inference.testing.Rig;
import uniass.lab.run.StudyRunner;
import uniass.runner.experiment.ExperimentRunner;
import uniass.runner.queue.Services;
import uniass.sample.SampleFactoryComponent;

/** Types commands, over the real services, and keeps what the last one wrote. */
final class Console {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Commands commands;

  Console() {
    Rig rig = new Rig(new PlainPlugins());
    Experiments experiments =
        new ExperimentRunner(
            new Services(
                rig.models(), rig.checkpoints(), rig.images(), rig.scoring(), rig.thresholds()),
            event -> {});
    commands =
        new Commands(
            new Toolbox(
                experiments,
                rig.inspection(),
                rig.images(),
                new SampleFactoryComponent(),
                new StudyRunner(
                    experiments, rig.models(), rig.checkpoints(), rig.images(), rig.inspection()),
                new ModelExporter(rig.models(), rig.images())),
            List.of());
  }

  Commands commands() {
    return commands;
  }

  int run(String... words) {
    out.reset();
    err.reset();
    return commands.run(
        List.of(words),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** The object that {@code --json} printed. */
  JsonObject json() {
    return JsonParser.parseString(out()).getAsJsonObject();
  }
}
