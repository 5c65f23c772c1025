/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.model;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import uniass.inference.experiment.ExperimentLibrary;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.ModelLoader.LoadedModel;
import uniass.inference.plugin.Plugins;
import uniass.tensor.EngineReady;

/**
 * Opens model files and builds networks. Published when all plug-ins of the bundles that the
 * product needs are there: whoever gets this service, or one that needs it, may open a model at
 * once.
 */
@ProviderType
public interface Models {

  /** The plug-ins that networks and experiments are made of. */
  Plugins plugins();

  /** Finds and reads experiments. */
  ExperimentLibrary library();

  /** Builds networks of experiments. */
  Composer composer();

  /** Computes. */
  EngineReady engine();

  /**
   * Opens a model file; whoever opens it closes it.
   *
   * @param experiment describes the network; empty for what the file says, or the defaults
   * @throws uniass.api.UniassException if the file is not a model or its plug-ins are missing
   */
  LoadedModel open(Path file, Optional<ExperimentSpec> experiment, Device device);
}
