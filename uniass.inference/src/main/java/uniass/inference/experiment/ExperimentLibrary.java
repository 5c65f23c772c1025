/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.nio.file.Path;
import java.util.List;
import uniass.inference.plugin.Plugins;

/** Finds experiments: files, and those that travel with the product. */
public final class ExperimentLibrary {

  /** Names of the experiments that travel with the product. */
  public static final List<String> SHIPPED =
      List.of(
          "balanced",
          "best",
          "demo",
          "fast",
          "mvtec-paper",
          "mvtec-released",
          "visa-paper",
          "visa-released");

  private static final TextLibrary FILES =
      new TextLibrary("experiment", "an", SHIPPED, ExperimentLibrary.class, "experiments");

  private final Plugins plugins;

  /** Checks experiments against plug-ins. */
  public ExperimentLibrary(Plugins plugins) {
    this.plugins = plugins;
  }

  /**
   * Reads an experiment.
   *
   * @param source a file, or a shipped name
   * @param overrides {@code key.key=value}
   */
  public ExperimentSpec read(String source, List<String> overrides) {
    TextLibrary.Text text = FILES.read(source);
    return parse(source, text.content(), text.folder(), overrides);
  }

  /** Reads an experiment from a text; relative paths are relative to the folder. */
  public ExperimentSpec parse(String source, String text, Path folder, List<String> overrides) {
    return new ExperimentReader(plugins, folder.toAbsolutePath(), false)
        .read(source, text, overrides);
  }

  /**
   * Reads the experiment that a model carries, of which only the network will be used: the plug-ins
   * for its training and evaluation need not be there.
   */
  public ExperimentSpec describing(String source, String text) {
    return new ExperimentReader(plugins, Path.of("").toAbsolutePath(), true)
        .read(source, text, List.of());
  }
}
