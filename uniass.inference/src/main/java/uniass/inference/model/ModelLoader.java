/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.model;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.checkpoint.LoadReport;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.Differences;
import uniass.inference.experiment.ExperimentLibrary;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.plugin.PartsInUse;
import uniass.inference.plugin.Plugins;

/** Loads model files: ours, which describe themselves, and PyTorch's, which do not. */
public final class ModelLoader {

  /** Tensors of a training's state, which stand beside the network's in a checkpoint of ours. */
  public static final String STATE_PREFIX = "uniass-state.";

  private static final String DEFAULTS = "{}";

  private final Plugins plugins;
  private final Composer composer;
  private final Checkpoints checkpoints;
  private final ExperimentLibrary library;

  /** Loads with these. */
  public ModelLoader(
      Plugins plugins, Composer composer, Checkpoints checkpoints, ExperimentLibrary library) {
    this.plugins = plugins;
    this.composer = composer;
    this.checkpoints = checkpoints;
    this.library = library;
  }

  /**
   * Loads a model.
   *
   * @param experiment describes the network; empty for what the file says, or the defaults
   */
  LoadedModel load(Path file, Optional<ExperimentSpec> experiment, Device device) {
    Checkpoint checkpoint = checkpoints.read(file);
    ModelMetadata metadata = new ModelMetadata(checkpoint.metadata());
    List<String> notes = new ArrayList<>(checkpoint.notes());
    ExperimentSpec spec = experiment.orElseGet(() -> described(file, metadata, notes));
    experiment.ifPresent(given -> refuseOther(file, metadata, given));
    PartsInUse parts = new PartsInUse(plugins);
    AnomalyNetwork network = null;
    try {
      network = composer.empty(spec, parts, device, metadata.normalization());
      fill(file, checkpoint, network, spec, notes);
      return new LoadedModel(network, device, parts, spec, metadata, notes);
    } catch (RuntimeException e) {
      if (network != null) {
        network.close();
      }
      parts.close();
      throw e;
    }
  }

  private void refuseOther(Path file, ModelMetadata metadata, ExperimentSpec experiment) {
    metadata
        .experiment()
        .map(own -> library.describing(file + " (its experiment)", own))
        .flatMap(own -> Differences.ofNetworks(own, experiment).stream().findFirst())
        .ifPresent(
            difference -> {
              throw new UniassException(
                  file
                      + ": belongs to another configuration: its "
                      + difference.setting()
                      + " is "
                      + difference.before()
                      + ", here "
                      + difference.now()
                      + "; give the experiment that it was made with");
            });
  }

  private ExperimentSpec described(Path file, ModelMetadata metadata, List<String> notes) {
    String name = file.getFileName().toString();
    if (metadata.experiment().isEmpty()) {
      notes.add(name + " does not describe its network: the defaults are assumed");
    }
    return library.describing(name + " (its experiment)", metadata.experiment().orElse(DEFAULTS));
  }

  private void fill(
      Path file,
      Checkpoint checkpoint,
      AnomalyNetwork network,
      ExperimentSpec spec,
      List<String> notes) {
    LoadReport report;
    try {
      report = checkpoints.load(checkpoint, network.parameters(), "");
    } catch (UniassException e) {
      throw new UniassException(file + ": " + e.getMessage(), e);
    }
    notes.addAll(report.notes());
    if (!report.missing().isEmpty()) {
      throw new UniassException(
          file
              + ": lacks "
              + report.missing().size()
              + " of the network's parameters, first '"
              + report.missing().get(0)
              + "': it belongs to another configuration; give the experiment that it was made with");
    }
    List<String> leftOver =
        report.unexpected().stream()
            .filter(name -> !name.startsWith(STATE_PREFIX) && !isOfAbsentTerm(name, spec))
            .toList();
    if (!leftOver.isEmpty()) {
      throw new UniassException(
          file
              + ": holds "
              + leftOver.size()
              + " tensors that the network lacks, first '"
              + leftOver.get(0)
              + "': it belongs to another configuration; give the experiment that it was made with");
    }
    if (!report.ignored().isEmpty()) {
      notes.add(report.ignored().size() + " entries that the network never uses were left out");
    }
  }

  /** Whether a tensor belongs to a loss term whose plug-in is not there: only training needs it. */
  private boolean isOfAbsentTerm(String tensor, ExperimentSpec spec) {
    return spec.model().loss().terms().stream()
        .filter(term -> !plugins.names(term.type()).contains(term.name()))
        .anyMatch(term -> tensor.startsWith(AnomalyNetwork.LOSS_PREFIX + term.name() + "."));
  }

  /**
   * A model that is ready; closing it frees everything.
   *
   * @param spec the experiment that describes it
   * @param notes what loading found, one line each
   */
  public record LoadedModel(
      AnomalyNetwork network,
      Device device,
      PartsInUse parts,
      ExperimentSpec spec,
      ModelMetadata metadata,
      List<String> notes)
      implements AutoCloseable {

    @Override
    public void close() {
      network.close();
      parts.close();
    }
  }
}
