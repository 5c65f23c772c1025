/* SPDX-License-Identifier: Apache-2.0 */
package uniass.kura;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.ai.inference.InferenceEngineService;
import org.eclipse.kura.ai.inference.ModelInfo;
import org.eclipse.kura.ai.inference.Tensor;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import uniass.api.UniassException;
import uniass.api.inspection.Inspection;

/**
 * The models of a folder as Kura's inference engine. Kura's wires ask for a model's description
 * without having loaded it, so that opens the model.
 */
@Component(
    name = InferenceEngine.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {ConfigurableComponent.class, InferenceEngineService.class})
@Designate(ocd = EngineConfig.class, factory = true)
public final class InferenceEngine implements InferenceEngineService, ConfigurableComponent {

  /** Name of the component, and of its configurations. */
  static final String PID = "uniass.kura.InferenceEngine";

  private static final List<String> ENDINGS = List.of(".safetensors", ".onnx");

  private final Inspection inspection;
  private final EngineConfig config;
  private final Map<String, Model> open = new HashMap<>();

  /** Creates the component. */
  @Activate
  public InferenceEngine(@Reference Inspection inspection, EngineConfig config) {
    this.inspection = inspection;
    this.config = config;
  }

  /** Closes all models. */
  @Deactivate
  public synchronized void stop() {
    open.values().forEach(Model::close);
    open.clear();
  }

  @Override
  public List<Tensor> infer(ModelInfo modelInfo, List<Tensor> inputData) throws KuraException {
    byte[] image = Tensors.image(inputData);
    Model model = model(modelInfo.getName());
    try {
      return Tensors.of(model.inspect(image));
    } catch (UniassException e) {
      throw wrong(e);
    }
  }

  @Override
  public synchronized void loadModel(String modelName, Optional<String> modelPath)
      throws KuraException {
    if (modelPath.isEmpty()) {
      model(modelName);
    } else if (!open.containsKey(modelName)) {
      open(modelName, path(modelPath.get()));
    }
  }

  @Override
  public synchronized void unloadModel(String modelName) {
    Model model = open.remove(modelName);
    if (model != null) {
      model.close();
    }
  }

  @Override
  public synchronized boolean isModelLoaded(String modelName) {
    return open.containsKey(modelName);
  }

  /** Those of the folder, and those that were loaded from elsewhere. */
  @Override
  public synchronized List<String> getModelNames() throws KuraException {
    TreeSet<String> names = new TreeSet<>(open.keySet());
    if (!config.models().isBlank()) {
      try (Stream<Path> files = Files.list(path(config.models()))) {
        files
            .map(file -> file.getFileName().toString())
            .flatMap(
                name ->
                    ENDINGS.stream()
                        .filter(name::endsWith)
                        .map(end -> name.substring(0, name.length() - end.length())))
            .forEach(names::add);
      } catch (IOException e) {
        throw new KuraException(
            KuraErrorCode.INVALID_PARAMETER,
            e,
            "models: the folder '" + config.models() + "' cannot be read");
      }
    }
    return List.copyOf(names);
  }

  @Override
  public synchronized Optional<ModelInfo> getModelInfo(String modelName) throws KuraException {
    if (!open.containsKey(modelName) && file(modelName).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Tensors.info(modelName, model(modelName)));
  }

  /** Always: without an engine, there is no component. */
  @Override
  public boolean isEngineReady() {
    return true;
  }

  private synchronized Model model(String name) throws KuraException {
    Model model = open.get(name);
    if (model != null) {
      return model;
    }
    Optional<Path> file = file(name);
    if (file.isEmpty()) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER,
          "there is no model '%s' in the folder '%s' (setting 'models'); there are: %s"
              .formatted(name, config.models(), String.join(", ", getModelNames())));
    }
    return open(name, file.get());
  }

  private Model open(String name, Path file) throws KuraException {
    try {
      Model model = Model.open(inspection, file, config.category(), config.device());
      open.put(name, model);
      return model;
    } catch (UniassException e) {
      throw wrong(e);
    }
  }

  /** The file of a model in the folder; a name is never a path. */
  private Optional<Path> file(String name) throws KuraException {
    if (config.models().isBlank() || !getModelNames().contains(name)) {
      return Optional.empty();
    }
    Path folder = path(config.models());
    return ENDINGS.stream()
        .map(end -> folder.resolve(name + end))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static Path path(String text) throws KuraException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER, e, "'" + text + "' is not a file name");
    }
  }

  private static KuraException wrong(UniassException e) {
    return new KuraException(KuraErrorCode.INVALID_PARAMETER, e, e.getMessage());
  }
}
