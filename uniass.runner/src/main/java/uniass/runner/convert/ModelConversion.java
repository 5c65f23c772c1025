/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.convert;

import ai.djl.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import uniass.api.UniassException;
import uniass.api.checkpoint.ConversionReport;
import uniass.api.experiment.ConversionOptions;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.ModelMetadata;
import uniass.inference.plugin.PartsInUse;
import uniass.runner.queue.Services;

/** Rewrites a model file under the names of the network that an experiment describes. */
public final class ModelConversion {

  private final Services services;

  /** Converts with these. */
  public ModelConversion(Services services) {
    this.services = services;
  }

  /** Converts. */
  public ConversionReport convert(ConversionOptions options) {
    Path out = options.out();
    if (!out.getFileName().toString().endsWith(".safetensors")) {
      throw new UniassException(out + ": only .safetensors can be written");
    }
    if (!options.force() && Files.exists(out)) {
      throw new UniassException(out + " exists; use --force to replace it");
    }
    ExperimentSpec spec =
        options.experiment().map(ExperimentSpec::of).orElseGet(() -> own(options.in()));
    try (PartsInUse parts = new PartsInUse(services.plugins());
        AnomalyNetwork network = services.composer().empty(spec, parts, Device.cpu())) {
      Map<String, String> metadata =
          ModelMetadata.described(spec.portableYaml(), network.normalization());
      return services
          .checkpoints()
          .convert(options.in(), out, network.parameters(), metadata, options.keepAll());
    }
  }

  private ExperimentSpec own(Path in) {
    ModelMetadata metadata = new ModelMetadata(services.checkpoints().metadata(in));
    return services.library().describing(in.toString(), metadata.experiment().orElse("{}"));
  }
}
