/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import uniass.api.UniassException;

/** A list of images in a text file that an experiment names: UTF-8, or UTF-16 with its mark. */
final class TextList {

  private TextList() {}

  /** What happens to the opened list. */
  @FunctionalInterface
  interface Use {
    void read(BufferedReader reader) throws IOException;
  }

  /** The list's file: the experiment's own words, so it may lie anywhere; relative to the root. */
  static Path file(Path root, String name) {
    try {
      return root.resolve(name);
    } catch (InvalidPathException e) {
      throw new UniassException("'" + DatasetFolder.shown(name) + "' is not a file name", e);
    }
  }

  /** UTF-16 if the file begins with its byte order mark, as spreadsheets write it; else UTF-8. */
  private static Charset encoding(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      int first = bytes.read();
      int second = bytes.read();
      boolean marked = first == 0xFF && second == 0xFE || first == 0xFE && second == 0xFF;
      return marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }
  }

  /** Opens, reads and closes a list. */
  static void read(Path file, Use use) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UniassException("the list " + file + " is not a file");
    }
    try (BufferedReader reader = Files.newBufferedReader(file, encoding(file))) {
      reader.mark(1);
      if (reader.read() != '\uFEFF') {
        reader.reset();
      }
      use.read(reader);
    } catch (NoSuchFileException e) {
      throw new UniassException("the list " + file + " is missing", e);
    } catch (CharacterCodingException e) {
      throw new UniassException("the list " + file + " is not UTF-8 text; save it as UTF-8", e);
    } catch (OutOfMemoryError e) {
      throw new UniassException(
          "the list " + file + " has a line too large for the memory that Java may use", e);
    } catch (IOException e) {
      throw new UniassException("the list " + file + " cannot be read: " + Json.firstLine(e), e);
    }
  }
}
