/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.reproduce;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.experiment.Experiments;
import uniass.api.experiment.Experiments.TrainingOptions;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.ExperimentSpec.ModelSpec;
import uniass.inference.model.ModelMetadata;
import uniass.inference.model.Models;
import uniass.lab.Reproduction;
import uniass.lab.ReproductionRequest;
import uniass.lab.trial.Digest;
import uniass.lab.trial.Frost;
import uniass.lab.trial.FrozenStudy.FrozenPlugin;
import uniass.lab.trial.Provenance;

/** Trains a model again, and says what differs. */
public final class Reproducer {

  private static final String BESIDE = "experiment.yaml";

  private final Experiments experiments;
  private final Models models;
  private final Checkpoints checkpoints;
  private final Frost frost;

  /** Reproduces with these. */
  public Reproducer(Experiments experiments, Models models, Checkpoints checkpoints, Frost frost) {
    this.experiments = experiments;
    this.models = models;
    this.checkpoints = checkpoints;
    this.frost = frost;
  }

  /** Trains and compares. */
  public Reproduction reproduce(ReproductionRequest request, Progress progress) {
    Path model = request.model();
    ModelMetadata metadata = new ModelMetadata(checkpoints.read(model).metadata());
    String yaml =
        metadata
            .experiment()
            .orElseThrow(
                () ->
                    new UniassException(
                        model + ": does not say how it was trained; only models of 'train' do"));
    ExperimentSpec spec = spec(request, yaml);
    Optional<String> json =
        Optional.ofNullable(checkpoints.metadata(model).get(TrainingOptions.PROVENANCE));
    Optional<Provenance> origin = json.map(text -> provenance(model, text));
    List<String> causes = new ArrayList<>();
    origin.ifPresent(o -> causes.addAll(differences(o, spec, progress)));
    Path out = request.out().orElseGet(() -> Path.of("runs", spec.name() + "-reproduced"));
    TrainingOptions options = new TrainingOptions(out, false, false);
    Path again =
        experiments
            .train(
                spec,
                // where something differs, the new model does not come from where the old one does
                json.filter(text -> causes.isEmpty()).map(options::withProvenance).orElse(options),
                progress)
            .model();
    String sha256 = Digest.of(model);
    boolean equal = sha256.equals(Digest.of(again));
    List<String> differences =
        equal
            ? List.of()
            : ModelDifferences.between(checkpoints.read(model), checkpoints.read(again));
    if (!equal) {
      causes.add(
          "equal bytes need an equal processor and number of threads; this run had "
              + frost.machine());
    }
    return new Reproduction(model, again, equal, sha256, differences, equal ? List.of() : causes);
  }

  /** The model's settings, with those of the machine from beside it and from the command line. */
  private ExperimentSpec spec(ReproductionRequest request, String yaml) {
    List<String> settings = new ArrayList<>();
    Path beside = request.model().toAbsolutePath().resolveSibling(BESIDE);
    if (Files.exists(beside)) {
      ExperimentSpec local = models.library().read(beside.toString(), List.of());
      settings.add("dataset.root=" + new Gson().toJson(local.dataset().root().toString()));
      if (!local.model().weights().equals(ModelSpec.BUNDLED)) {
        settings.add("model.backbone.weights=" + new Gson().toJson(local.model().weights()));
      }
      settings.add("train.device=" + local.train().device());
    }
    settings.addAll(request.overrides());
    ExperimentSpec spec =
        models.library().parse(request.model() + " (its experiment)", yaml, Path.of(""), settings);
    if (spec.dataset().root() == null) {
      throw new UniassException(
          request.model()
              + ": no experiment.yaml lies beside it, so say where its data set is: --set"
              + " dataset.root=FOLDER");
    }
    return spec;
  }

  private static Provenance provenance(Path model, String json) {
    try {
      return new Gson().fromJson(json, Provenance.class);
    } catch (JsonSyntaxException e) {
      throw new UniassException(
          model + ": its metadata '" + TrainingOptions.PROVENANCE + "' is damaged", e);
    }
  }

  /** What is other than when the model was trained. */
  private List<String> differences(Provenance then, ExperimentSpec spec, Progress progress) {
    List<String> differences = new ArrayList<>();
    if (!then.version().equals(frost.version())) {
      differences.add("version: was " + then.version() + ", is " + frost.version());
    }
    List<FrozenPlugin> now = frost.plugins(spec);
    for (FrozenPlugin plugin : then.plugins()) {
      now.stream()
          .filter(p -> p.plugin().equals(plugin.plugin()) && !p.sha256().equals(plugin.sha256()))
          .forEach(
              p ->
                  differences.add(
                      "plug-in %s: %s has other bytes than %s had"
                          .formatted(p.plugin(), p.bundle(), plugin.bundle())));
    }
    String data = frost.data(spec, progress);
    if (!then.data().equals(data)) {
      differences.add(
          "data: "
              + spec.dataset().root()
              + " has other content (study "
              + then.study()
              + " has a data.csv that names the files' hashes)");
    }
    return differences;
  }
}
