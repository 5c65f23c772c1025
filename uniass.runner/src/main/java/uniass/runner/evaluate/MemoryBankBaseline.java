/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.evaluate;

import ai.djl.Device;
import java.util.List;
import uniass.api.data.Dataset;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.api.network.AnomalyNetwork;
import uniass.api.plugin.PluginType;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.ExperimentSpec.ModelSpec;
import uniass.inference.experiment.PartReaders;
import uniass.inference.plugin.PartsInUse;
import uniass.runner.queue.RunControl;
import uniass.runner.queue.Services;
import uniass.runner.score.NetworkScoring;
import uniass.runner.score.TestSet;
import uniass.runner.train.FittingPass;

/** A memory bank of the images that a training learns from, with the same backbone. */
final class MemoryBankBaseline {

  static final String NAME = "memory-bank";

  private final Services services;
  private final ExperimentSpec spec;
  private final Device device;
  private final RunControl control;

  MemoryBankBaseline(
      Services services, ExperimentSpec experiment, Device device, RunControl control) {
    this.services = services;
    this.spec = withBank(experiment, services);
    this.device = device;
    this.control = control;
  }

  private static ExperimentSpec withBank(ExperimentSpec spec, Services services) {
    ModelSpec m = spec.model();
    ModelSpec model =
        new ModelSpec(
            PartReaders.read(services.plugins(), "--baselines", PluginType.NETWORK, NAME),
            m.backbone(),
            m.weights(),
            m.features(),
            m.hidden(),
            m.pixelDecoder(),
            m.attention(),
            m.gatedCnn(),
            m.query(),
            m.loss(),
            m.jitter(),
            m.mapFilter(),
            m.fusion());
    return new ExperimentSpec(
        spec.name(), spec.dataset(), model, spec.train(), spec.evaluate(), spec.calibrate());
  }

  /** Why there is none for this backbone; empty if there is. */
  List<String> refusals() {
    return services.composer().refusals(spec);
  }

  Scores score(Dataset dataset, TestSet tests, PartsInUse parts, ScoringOptions options) {
    NetworkScoring scoring = new NetworkScoring(services, spec, device, control);
    NetworkScoring.Observer progress =
        new NetworkScoring.Observer() {
          @Override
          public void done(int images) {
            control.step("baseline " + NAME, images, tests.images().size());
          }
        };
    try (AnomalyNetwork network = services.composer().untrained(spec, parts, device)) {
      new FittingPass(services, spec, device, control).fit(network, dataset);
      return scoring.score(network, tests, options, progress);
    }
  }
}
