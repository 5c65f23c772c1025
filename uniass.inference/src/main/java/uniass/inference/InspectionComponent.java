/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.api.UniassException;
import uniass.api.data.Images;
import uniass.api.data.Tiling;
import uniass.api.inspection.Inspection;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.Tiles;
import uniass.inference.model.ModelLoader.LoadedModel;
import uniass.inference.model.Models;
import uniass.inference.pipeline.Devices;

/** Publishes {@link Inspection}. */
@Component(service = Inspection.class)
public final class InspectionComponent implements Inspection {

  private final Models models;
  private final Images images;

  /** Creates the component. */
  @Activate
  public InspectionComponent(@Reference Models models, @Reference Images images) {
    this.models = models;
    this.images = images;
  }

  @Override
  public Inspector open(Path file, InspectionOptions options) {
    check(options);
    Device device = Devices.find(models.engine(), options.device());
    Optional<ExperimentSpec> experiment =
        options.experiment().map(source -> models.library().read(source, List.of()));
    LoadedModel model = models.open(file, experiment, device);
    try {
      return new ModelInspector(
          models.engine(), images, model, model.metadata().threshold(options.category()), options);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static void check(InspectionOptions options) {
    if (options.batch() < 1) {
      throw new UniassException("batch size must be at least 1, got " + options.batch());
    }
    Optional<Tiling> tiles = options.tiles();
    tiles
        .flatMap(tiling -> Tiles.wrong(tiling.size(), tiling.overlap()))
        .ifPresent(
            wrong -> {
              throw new UniassException(wrong);
            });
  }
}
