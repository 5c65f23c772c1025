/* SPDX-License-Identifier: Apache-2.0 */
package uniass.kura;

import java.nio.file.Path;
import uniass.api.inspection.Inspection;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;

/** An open model that inspects image files. */
final class Model implements AutoCloseable {

  private final Inspector inspector;

  private Model(Inspector inspector) {
    this.inspector = inspector;
  }

  /**
   * Opens a model.
   *
   * @param category whose threshold decides; empty for the common one
   * @throws uniass.api.UniassException if the file is not a model
   */
  static Model open(Inspection inspection, Path file, String category, String device) {
    InspectionOptions options = InspectionOptions.defaults().withBatch(1).withDevice(device);
    return new Model(
        inspection.open(file, category.isBlank() ? options : options.withCategory(category)));
  }

  /** Whether it has thresholds. */
  boolean decides() {
    return inspector.model().calibrated();
  }

  /**
   * Inspects an image file that is in memory.
   *
   * @throws uniass.api.UniassException if it is not an image
   */
  Found inspect(byte[] file) {
    return Found.of(inspector.inspect("image", inspector.prepare("image", file).pixels()));
  }

  @Override
  public void close() {
    inspector.close();
  }
}
