/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import uniass.api.UniassException;
import uniass.inference.plugin.Nearest;
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

  private static final long LARGEST_FILE = 1 << 20;

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
    if (SHIPPED.contains(source) && !Files.exists(Path.of(source))) {
      return parse(source, shipped(source), Path.of(""), overrides);
    }
    Path file = file(source);
    Path folder = file.toAbsolutePath().getParent();
    return parse(source, text(file), folder, overrides);
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

  private static Path file(String source) {
    try {
      Path file = Path.of(source);
      if (Files.isRegularFile(file)) {
        return file;
      }
      if (Files.isDirectory(file)) {
        throw new UniassException(source + ": a folder, not an experiment file");
      }
    } catch (InvalidPathException e) {
      throw new UniassException("'" + source + "' is not a file name", e);
    }
    throw new UniassException(
        "no experiment '"
            + source
            + "': neither a file nor one that ships"
            + Nearest.hint(source, SHIPPED)
            + "; these ship: "
            + String.join(", ", SHIPPED));
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new UniassException(file + ": larger than 1 MiB, so it is not an experiment");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new UniassException(file + ": not a text in UTF-8", e);
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static String shipped(String name) {
    try (InputStream in =
        ExperimentLibrary.class.getResourceAsStream("/experiments/" + name + ".yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UniassException("experiment " + name + " cannot be read from the bundle", e);
    }
  }
}
