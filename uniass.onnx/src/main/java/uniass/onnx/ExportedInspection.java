/* SPDX-License-Identifier: Apache-2.0 */
package uniass.onnx;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.api.UniassException;
import uniass.api.data.Images;
import uniass.api.inspection.Inspection;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.inference.ExportedModels;
import uniass.inference.OpenModel;
import uniass.tensor.EngineLeftOut;

/** Publishes {@link Inspection} of exported models where PyTorch is left out. */
@Component(service = Inspection.class)
public final class ExportedInspection implements Inspection {

  private final ExportedModels models;
  private final Images images;

  /** Creates the component. */
  @Activate
  public ExportedInspection(
      BundleContext context, @Reference EngineLeftOut without, @Reference Images images) {
    this.models = new OnnxInspection(context);
    this.images = images;
  }

  @Override
  public Inspector open(Path file, InspectionOptions options) {
    String engine = options.engine().orElse("onnx");
    if (!file.toString().endsWith(ExportedModels.ENDING) || !engine.equals("onnx")) {
      throw new UniassException(
          file
              + ": PyTorch is left out here (uniass.engine=onnx), only exported models run: where it"
              + " is, 'uniass export FILE --to FILE.onnx' makes one");
    }
    return OpenModel.inspector(images, options, () -> models.open(file, options));
  }
}
