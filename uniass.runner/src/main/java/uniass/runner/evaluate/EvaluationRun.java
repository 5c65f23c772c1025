package uniass.runner.evaluate;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uniass.api.data.Dataset;
import uniass.api.data.Picture;
import uniass.api.experiment.Experiments.EvaluationOptions;
import uniass.api.experiment.Experiments.EvaluationResult;
import uniass.api.metric.Scores;
import uniass.runner.compose.ModelLoader.LoadedModel;
import uniass.runner.config.ExperimentSpec;
import uniass.runner.plugin.PartsInUse;
import uniass.runner.run.DatasetLoader;
import uniass.runner.run.Devices;
import uniass.runner.run.Outputs;
import uniass.runner.run.RunControl;
import uniass.runner.run.Services;

/** Evaluates a model file and writes what was asked for. */
public final class EvaluationRun {

  private final Services services;

  /** Evaluates with these. */
  public EvaluationRun(Services services) {
    this.services = services;
  }

  /** Evaluates. */
  public EvaluationResult run(ExperimentSpec spec, EvaluationOptions options, RunControl control) {
    Path out = options.out() != null ? options.out() : options.model().toAbsolutePath().getParent();
    Outputs.create(out, true, "");
    Device device = Devices.find(services.engine(), spec.train().device());
    try (PartsInUse parts = new PartsInUse(services.plugins())) {
      Dataset dataset = DatasetLoader.read(spec.dataset(), parts);
      List<Picture> pictures = Evaluation.pictures(dataset);
      control.step("loading the model", 0, 0);
      try (LoadedModel model = services.models().load(options.model(), spec, device)) {
        Scores scores =
            new Evaluation(services, spec, device, control)
                .score(
                    model.network(),
                    pictures,
                    Scorer.metrics(parts, spec.evaluate().metrics()),
                    "evaluating",
                    options.report(),
                    mapped -> {
                      if (options.maps()) {
                        Evaluation.writeMap(out.resolve("maps"), mapped);
                      }
                    });
        return result(scores, pictures.size(), out, options);
      }
    }
  }

  private EvaluationResult result(
      Scores scores, int pictures, Path out, EvaluationOptions options) {
    services.scoring().write(List.of(scores), out);
    Map<String, Path> files = new LinkedHashMap<>();
    for (String name : List.of("metrics.csv", "metrics-wide.csv", "metrics.json")) {
      files.put(name, out.resolve(name));
    }
    if (options.maps()) {
      files.put("maps", out.resolve("maps"));
    }
    return new EvaluationResult(
        Evaluation.byCategory(scores), Evaluation.means(scores), pictures, files);
  }
}
