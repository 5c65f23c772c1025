/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.export;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Writes models as ONNX files that give the same anomaly maps, or not at all.
 *
 * <pre>{@code
 * export.export(Path.of("model.safetensors"), ExportOptions.to(Path.of("model.onnx")));
 * export.verify(Path.of("model.onnx"));
 * }</pre>
 */
@ProviderType
public interface ModelExport {

  /**
   * Writes a model. Before the file gets its name, ONNX Runtime computes with it what this product
   * computes, for several images and sizes of a batch.
   *
   * @param model a model file
   * @throws uniass.api.UniassException if the file is not a model, a part of it has no form in
   *     ONNX, or the results differ: the message names the layer. No file is left then
   */
  Agreement export(Path model, ExportOptions options);

  /**
   * Repeats the check that an exported file records: its content is what was written, and it still
   * gives the recorded results here.
   *
   * @throws uniass.api.UniassException if it does not, or the file was not written by {@link
   *     #export}
   */
  Agreement verify(Path file);
}
