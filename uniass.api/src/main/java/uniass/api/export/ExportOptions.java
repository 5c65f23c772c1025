/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.export;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What an exported model looks like. Immutable: each {@code with} method returns a changed copy.
 *
 * @param file the file to write
 * @param opset version of ONNX's operators
 * @param batch number of images per run; empty for any
 * @param size height and width of the input; empty for the model's own, and with preprocessing for
 *     any
 * @param anySize whether images of any size were asked for
 * @param include what the graph does besides the network
 * @param experiment describes the network of a model that does not carry its experiment
 * @param category whose threshold decides; empty for the common one
 * @param force whether an existing file is replaced
 */
public record ExportOptions(
    Path file,
    int opset,
    OptionalInt batch,
    Optional<Size> size,
    boolean anySize,
    Set<Stage> include,
    Optional<String> experiment,
    Optional<String> category,
    boolean force) {

  /** The oldest version of the operators that can be written. */
  public static final int OLDEST_OPSET = 18;

  /** The newest one that is checked. */
  public static final int NEWEST_OPSET = 22;

  /** What can go along with the network. */
  public enum Stage {
    /** Resizing and normalizing: the input is pixels. */
    PREPROCESSING,
    /** The threshold and the verdict, beside map and score. */
    THRESHOLD
  }

  /** A size in pixels. */
  public record Size(int height, int width) {}

  /** Copies the set. */
  public ExportOptions {
    include = Set.copyOf(include);
  }

  /** The network alone, for batches of any number of images, of the model's size. */
  public static ExportOptions to(Path file) {
    return new ExportOptions(
        file,
        OLDEST_OPSET,
        OptionalInt.empty(),
        Optional.empty(),
        false,
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** The same with other stages. */
  public ExportOptions withStages(Set<Stage> stages) {
    return new ExportOptions(
        file, opset, batch, size, anySize, stages, experiment, category, force);
  }
}
