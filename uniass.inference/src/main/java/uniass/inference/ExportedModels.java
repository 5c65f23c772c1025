/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.inspection.InspectionOptions;

/** An engine for exported models; {@link uniass.api.inspection.Inspection} hands files on to it. */
@ConsumerType
public interface ExportedModels {

  /** The ending of the files' names. */
  String ENDING = ".onnx";

  /**
   * Opens a file; whoever opens it closes it.
   *
   * @throws uniass.api.UniassException if it is not an exported model, or an option does not fit it
   */
  OpenModel open(Path file, InspectionOptions options);

  /**
   * The checksum of the model that a file was made of; empty if that had none.
   *
   * @throws uniass.api.UniassException if the file cannot be read
   */
  String source(Path file);
}
