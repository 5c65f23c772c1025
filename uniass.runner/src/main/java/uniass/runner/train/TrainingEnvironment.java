/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import ai.djl.Device;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.FrameworkUtil;
import uniass.inference.pipeline.Devices;
import uniass.io.Outputs;
import uniass.tensor.EngineReady;

/**
 * What a training's bytes depend on beside its experiment: {@code environment.json} beside the
 * model, which itself says nothing about where it was trained.
 *
 * @param version the product's
 * @param engine its engine, with versions
 * @param device where it computes
 * @param threads of an operation on the processor
 * @param processor its name
 */
record TrainingEnvironment(
    String version, String engine, String device, int threads, String processor) {

  /** The file's name. */
  static final String FILE = "environment.json";

  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  /** This process. */
  static TrainingEnvironment here(EngineReady engine, Device device) {
    return new TrainingEnvironment(
        Optional.ofNullable(FrameworkUtil.getBundle(TrainingEnvironment.class))
            .map(bundle -> bundle.getVersion().toString())
            .orElse("unknown"),
        engine.description(),
        Devices.name(device),
        engine.threads(),
        processorName());
  }

  private static String processorName() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  /** Notes it in a run's folder. */
  void write(Path run) {
    Outputs.write(run.resolve(FILE), GSON.toJson(this) + "\n");
  }

  /** Says what has changed since a run noted its environment, if that is known and anything has. */
  Optional<String> changes(Path run) {
    TrainingEnvironment then;
    try {
      then = GSON.fromJson(Files.readString(run.resolve(FILE)), TrainingEnvironment.class);
    } catch (IOException | JsonParseException e) {
      return Optional.empty(); // an older run, or damaged: nothing depends on it
    }
    if (then == null || then.equals(this)) {
      return Optional.empty();
    }
    List<String> changes = new ArrayList<>();
    add(changes, "version", then.version, version);
    add(changes, "engine", then.engine, engine);
    add(changes, "device", then.device, device);
    add(changes, "threads", then.threads, threads);
    add(changes, "processor", then.processor, processor);
    return Optional.of(
        "the run began elsewhere ("
            + String.join("; ", changes)
            + "), so the model will not have the same bytes as one that was trained in one place");
  }

  private static void add(List<String> changes, String what, Object then, Object now) {
    if (!now.equals(then)) {
      changes.add(what + ": " + then + ", now " + now);
    }
  }
}
