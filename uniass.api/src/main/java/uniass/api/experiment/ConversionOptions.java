/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.experiment;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which model file to convert, and how.
 *
 * <pre>{@code
 * ConversionReport report =
 *     experiments.convert(
 *         ConversionOptions.of(Path.of("checkpoint.pth.tar"), Path.of("model.safetensors")));
 * }</pre>
 *
 * @param in a {@code .pth}, {@code .pth.tar} or {@code .safetensors} file
 * @param out the {@code .safetensors} file to write
 * @param experiment describes the network; empty for the file's own experiment, or the paper's if
 *     it has none
 * @param keepAll whether to keep entries that the network never uses
 * @param force whether to replace {@code out} if it exists
 */
public record ConversionOptions(
    Path in, Path out, Optional<Experiment> experiment, boolean keepAll, boolean force) {

  /** Converts to the file's own network, drops unused entries, and replaces no file. */
  public static ConversionOptions of(Path in, Path out) {
    return new ConversionOptions(in, out, Optional.empty(), false, false);
  }

  /** The same for the network of an experiment. */
  public ConversionOptions withExperiment(Experiment described) {
    return new ConversionOptions(in, out, Optional.of(described), keepAll, force);
  }

  /** The same, keeping entries that the network never uses, or not. */
  public ConversionOptions withKeepAll(boolean keep) {
    return new ConversionOptions(in, out, experiment, keep, force);
  }

  /** The same, replacing a file that exists, or not. */
  public ConversionOptions withForce(boolean replace) {
    return new ConversionOptions(in, out, experiment, keepAll, replace);
  }
}
