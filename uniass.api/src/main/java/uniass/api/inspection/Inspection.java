/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.inspection;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Opens trained models.
 *
 * <pre>{@code
 * @Component
 * public class Line3 {
 *   private final Inspector inspector;
 *
 *   @Activate
 *   public Line3(@Reference Inspection inspection) {
 *     inspector =
 *         inspection.open(
 *             Path.of("line3.safetensors"), InspectionOptions.defaults().withCategory("bottle"));
 *   }
 *
 *   @Deactivate
 *   void stop() {
 *     inspector.close();
 *   }
 * }
 * }</pre>
 *
 * <p>Without code, a factory configuration {@code uniass.inspector~line3} with {@code model=...}
 * opens a model and publishes it as an {@link Inspector} service.
 */
@ProviderType
public interface Inspection {

  /**
   * Opens a model; whoever opens it closes it.
   *
   * @throws uniass.api.UniassException if the file is not a model, its plug-ins are missing, or an
   *     option does not fit it
   */
  Inspector open(Path model, InspectionOptions options);
}
