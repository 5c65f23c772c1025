/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.model;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.network.Networks;
import uniass.inference.experiment.ExperimentLibrary;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.ModelLoader.LoadedModel;
import uniass.inference.plugin.Plugins;
import uniass.tensor.EngineReady;

/** Publishes {@link Models}, once {@link ModelsStarter} enables it. */
@Component(name = ModelsStarter.MODELS, enabled = false, service = Models.class)
public final class ModelsComponent implements Models {

  private final Plugins plugins;
  private final Composer composer;
  private final ModelLoader loader;
  private final EngineReady engine;

  /** Creates the component. */
  @Activate
  public ModelsComponent(
      @Reference Plugins plugins,
      @Reference Networks networks,
      @Reference Checkpoints checkpoints,
      @Reference EngineReady engine) {
    this.plugins = plugins;
    this.engine = engine;
    this.composer = new Composer(plugins, networks, checkpoints);
    this.loader = new ModelLoader(plugins, composer, checkpoints, library());
  }

  @Override
  public Plugins plugins() {
    return plugins;
  }

  @Override
  public ExperimentLibrary library() {
    return new ExperimentLibrary(plugins);
  }

  @Override
  public Composer composer() {
    return composer;
  }

  @Override
  public EngineReady engine() {
    return engine;
  }

  @Override
  public LoadedModel open(Path file, Optional<ExperimentSpec> experiment, Device device) {
    return loader.load(file, experiment, device);
  }
}
