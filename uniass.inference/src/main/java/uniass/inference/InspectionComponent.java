/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference;

import ai.djl.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.data.Images;
import uniass.api.inspection.Inspection;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.ModelInfo;
import uniass.api.metric.Threshold;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.ModelLoader.LoadedModel;
import uniass.inference.model.Models;
import uniass.inference.pipeline.Devices;
import uniass.inference.pipeline.NetworkMaps;

/** Publishes {@link Inspection}. */
@Component(service = Inspection.class)
public final class InspectionComponent implements Inspection {

  private static final String ONNX = "onnx";
  private static final String PYTORCH = "pytorch";

  private final Models models;
  private final Images images;
  private final Checkpoints checkpoints;
  private final Optional<ExportedModels> exported;

  /**
   * Creates the component.
   *
   * @param exported opens exported models, or null
   */
  @Activate
  public InspectionComponent(
      @Reference Models models,
      @Reference Images images,
      @Reference Checkpoints checkpoints,
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          ExportedModels exported) {
    this.models = models;
    this.images = images;
    this.checkpoints = checkpoints;
    this.exported = Optional.ofNullable(exported);
  }

  @Override
  public Inspector open(Path file, InspectionOptions options) {
    return OpenModel.inspector(images, options, () -> model(file, options));
  }

  private OpenModel model(Path file, InspectionOptions options) {
    boolean onnx = file.toString().endsWith(ExportedModels.ENDING);
    String engine = options.engine().orElse(onnx ? ONNX : PYTORCH);
    if (engine.equals(ONNX)) {
      return exported().open(onnx ? file : sibling(file), options);
    } else if (!engine.equals(PYTORCH)) {
      throw new UniassException("unknown engine '" + engine + "'; engines: pytorch, onnx");
    } else if (onnx) {
      throw new UniassException(
          file
              + ": an exported model runs on ONNX Runtime alone; give the model that it was made of");
    }
    return trained(file, options);
  }

  private ExportedModels exported() {
    return exported.orElseThrow(
        () ->
            new UniassException("exported models need the bundle uniass.onnx, which is not here"));
  }

  /** The file that a model was exported to, beside it. */
  private Path sibling(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    Path sibling =
        file.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + ExportedModels.ENDING);
    if (!Files.isRegularFile(sibling)) {
      throw new UniassException(
          "%s does not exist: uniass export %s --to %s makes it".formatted(sibling, file, sibling));
    }
    String now = checkpoints.metadata(file).getOrDefault(Checkpoints.CHECKSUM, "");
    if (!exported().source(sibling).equals(now)) {
      throw new UniassException(
          "%s was made of another model than %s: uniass export %s --to %s --force makes it anew"
              .formatted(sibling, file, file, sibling));
    }
    return sibling;
  }

  private OpenModel trained(Path file, InspectionOptions options) {
    Device device = Devices.find(models.engine(), options.device());
    Optional<ExperimentSpec> experiment =
        options.experiment().map(source -> models.library().read(source, List.of()));
    LoadedModel model = models.open(file, experiment, device);
    try {
      Optional<Threshold> threshold = model.metadata().threshold(options.category());
      var dataset = model.spec().dataset();
      var shape = model.network().shape();
      ModelInfo info =
          new ModelInfo(
              model.spec().name(),
              model.spec().portableYaml(),
              shape.imageHeight(),
              shape.imageWidth(),
              model.metadata().categories(),
              threshold.isPresent(),
              model.metadata().thresholdValues(),
              Devices.name(device),
              model.notes());
      return new OpenModel(
          info,
          model.metadata(),
          dataset.format(),
          dataset.wholeFormat(),
          dataset.tiling(),
          model.network().normalization(),
          threshold,
          new NetworkMaps(models.engine(), device, model.network()),
          model::close);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }
}
