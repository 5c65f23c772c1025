/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.study;

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

/** Finds studies: files, and those that travel with the product. */
public final class StudyLibrary {

  /** Names of the studies that travel with the product. */
  public static final List<String> SHIPPED = List.of("paper-ablations", "small-ablations");

  private static final long LARGEST_FILE = 1 << 20;

  private StudyLibrary() {}

  /**
   * Reads a study.
   *
   * @param source a file, or a shipped name
   */
  public static Study read(String source) {
    if (SHIPPED.contains(source) && !Files.exists(Path.of(source))) {
      return StudyReader.read(source, shipped(source), Path.of("").toAbsolutePath());
    }
    Path file = file(source);
    return StudyReader.read(source, text(file), file.toAbsolutePath().normalize().getParent());
  }

  private static Path file(String source) {
    try {
      Path file = Path.of(source);
      if (Files.isRegularFile(file)) {
        return file;
      }
      if (Files.isDirectory(file)) {
        throw new UniassException(source + ": a folder, not a study's file");
      }
    } catch (InvalidPathException e) {
      throw new UniassException("'" + source + "' is not a file name", e);
    }
    throw new UniassException(
        "no study '"
            + source
            + "': neither a file nor one that ships"
            + Nearest.hint(source, SHIPPED)
            + "; these ship: "
            + String.join(", ", SHIPPED));
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new UniassException(file + ": larger than 1 MiB, so it is not a study");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new UniassException(file + ": not a text in UTF-8", e);
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static String shipped(String name) {
    try (InputStream in = StudyLibrary.class.getResourceAsStream("/studies/" + name + ".yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UniassException("study " + name + " cannot be read from the bundle", e);
    }
  }
}
