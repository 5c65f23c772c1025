/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.checkpoint;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import uniass.tensor.ParameterStore;

/**
 * Reads and writes model files. Every error is a {@link uniass.api.UniassException} of one line
 * that names the file; reading never runs or creates anything that a file asks for, beyond tensors,
 * numbers, strings, lists and dictionaries, and memory is bounded by the file's size.
 */
@ProviderType
public interface Checkpoints {

  /** Key of the metadata that holds the format's version, a whole number. */
  String FORMAT_VERSION = "uniass.format";

  /** Key of the metadata that holds the SHA-256 over all tensor data, which reading verifies. */
  String CHECKSUM = "uniass.sha256";

  /** The format's version that this release writes; newer ones are refused by name. */
  int CURRENT_FORMAT = 1;

  /** Reads a {@code .safetensors}, {@code .pth}, {@code .pt} or {@code .pth.tar} file. */
  Checkpoint read(Path file);

  /** Reads only the metadata of a safetensors file; empty for PyTorch files. */
  Map<String, String> metadata(Path file);

  /** Reads safetensors from a stream, such as weights in a bundle. */
  Checkpoint read(InputStream stream, String name);

  /**
   * Writes safetensors atomically: a temporary file beside it, synced, then renamed. An older file
   * of that name survives any failure. Adds format version and checksum to the metadata.
   */
  void write(Path file, Map<String, TensorData> tensors, Map<String, String> metadata);

  /**
   * Copies tensors into a network's parameters.
   *
   * @param prefix put before each name of the file: {@code backbone.} for backbone weights
   * @throws uniass.api.UniassException naming the first parameter whose shape differs
   */
  LoadReport load(Checkpoint checkpoint, ParameterStore parameters, String prefix);

  /**
   * A network's parameters, in the order of their creation. They may be views of the network's own
   * memory: write them before it changes or is closed.
   */
  Map<String, TensorData> save(ParameterStore parameters);

  /**
   * Rewrites a model file as safetensors, under the network's names. The network's values stay as
   * they are.
   *
   * @param in any file that {@link #read(Path)} reads: a whole network's or a backbone's alone
   * @param out file to write, as {@link #write} does
   * @param network decides which keys are missing and which are unexpected
   * @param metadata put over the file's own
   * @param keepAll also writes the entries that the network lacks
   * @throws uniass.api.UniassException naming the first parameter whose shape differs, or if no key
   *     belongs to the network; nothing is written then
   */
  ConversionReport convert(
      Path in, Path out, ParameterStore network, Map<String, String> metadata, boolean keepAll);
}
