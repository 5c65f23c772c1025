package uniass.datasets.readers;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import uniass.api.Problem;

/** Values of JSON files as people write them: a text may be a number, and null is nothing. */
final class Json {

  private Json() {}

  /** Reads a file below the root; {@link JsonNull} if it is damaged, which is noted. */
  static JsonElement file(Tree tree, String name) {
    try (Reader reader = Files.newBufferedReader(tree.root().resolve(name))) {
      return JsonParser.parseReader(reader);
    } catch (IOException | JsonParseException e) {
      tree.problem(Problem.error(name, "is no readable JSON: " + firstLine(e)));
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
    return Tree.shown(
        text.lines().findFirst().orElse("").replaceFirst("^([a-z]\\w*\\.)+[A-Z]\\w*: ", ""));
  }

  /** A text or number as text; empty where there is none. */
  static String text(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  /** A number; 0 where there is none. */
  static double number(JsonObject object, String key) {
    try {
      return Double.parseDouble(text(object, key));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  static boolean flag(JsonObject object, String key) {
    return text(object, key).equals("true");
  }
}
