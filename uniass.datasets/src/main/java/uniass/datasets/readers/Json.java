/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import uniass.api.Problem;

/** JSON files below a data set's folder. */
final class Json {

  private Json() {}

  /** Reads a file below the root; {@link JsonNull} if it is damaged, which is noted. */
  static JsonElement file(DatasetFolder tree, String name) {
    try (Reader reader = Files.newBufferedReader(tree.root().resolve(name))) {
      return JsonParser.parseReader(reader);
    } catch (IOException | JsonParseException e) {
      tree.problem(Problem.error(name, "is not readable JSON: " + firstLine(e)));
      return JsonNull.INSTANCE;
    }
  }

  /** What a library complained about, on one line and without its classes' names. */
  static String firstLine(Exception e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String text =
        deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    return DatasetFolder.shown(
        text.lines().findFirst().orElse("").replaceFirst("^([a-z]\\w*\\.)+[A-Z]\\w*: ", ""));
  }
}
