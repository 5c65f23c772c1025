package uniass.datasets.readers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import uniass.api.UniassException;

/** A list of images in a text file (UTF-8) that an experiment names. */
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
      throw new UniassException("'" + Tree.shown(name) + "' is no file name", e);
    }
  }

  /** Opens, reads and closes a list. */
  static void read(Path file, Use use) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UniassException("the list " + file + " is no file");
    }
    try (BufferedReader reader = Files.newBufferedReader(file)) {
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
