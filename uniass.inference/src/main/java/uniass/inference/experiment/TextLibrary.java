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

/**
 * YAML files that users write, and those that travel with the product.
 *
 * @param kind what they are: {@code experiment}
 * @param article of the kind: {@code an}
 * @param shipped names of those that travel
 * @param owner a class of the bundle that has them
 * @param folder where they lie in that bundle
 */
public record TextLibrary(
    String kind, String article, List<String> shipped, Class<?> owner, String folder) {

  private static final long LARGEST_FILE = 1 << 20;

  /**
   * A text that was found.
   *
   * @param content the file's content
   * @param folder which relative paths in it start from, absolute
   */
  public record Text(String content, Path folder) {}

  /**
   * Finds one.
   *
   * @param source a file, or a shipped name; the file wins
   * @throws UniassException in one line that says what there is
   */
  public Text read(String source) {
    if (shipped.contains(source) && !Files.exists(Path.of(source))) {
      return new Text(resource(source), Path.of("").toAbsolutePath());
    }
    Path file = file(source);
    return new Text(text(file), file.toAbsolutePath().getParent());
  }

  private Path file(String source) {
    try {
      Path file = Path.of(source);
      if (Files.isRegularFile(file)) {
        return file;
      }
      if (Files.isDirectory(file)) {
        throw new UniassException(source + ": a folder, not " + article + " " + kind + " file");
      }
    } catch (InvalidPathException e) {
      throw new UniassException("'" + source + "' is not a file name", e);
    }
    throw new UniassException(
        "no "
            + kind
            + " '"
            + source
            + "': neither a file nor one that ships"
            + Nearest.hint(source, shipped)
            + "; these ship: "
            + String.join(", ", shipped));
  }

  private String text(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new UniassException(
            file + ": larger than 1 MiB, so it is not " + article + " " + kind);
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new UniassException(file + ": not a text in UTF-8", e);
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private String resource(String name) {
    try (InputStream in = owner.getResourceAsStream("/" + folder + "/" + name + ".yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UniassException(kind + " " + name + " cannot be read from the bundle", e);
    }
  }
}
