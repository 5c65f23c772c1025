/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import uniass.api.Problem;

/**
 * One object of a JSON list, as people write them: a text may be a number, null is nothing. A value
 * of a type that makes no sense is noted as an error, and never read as if it were absent.
 *
 * @param tree takes the errors
 * @param object the object
 * @param place where it stands, such as {@code train.json line 3}
 */
record JsonEntry(DatasetFolder tree, JsonObject object, String place) {

  /** Whether there is a value other than null, of whatever type. */
  boolean has(String key) {
    return object.has(key) && !object.get(key).isJsonNull();
  }

  /** A text or number as text; empty if there is none, or if it is something else. */
  String text(String key) {
    if (!has(key)) {
      return "";
    }
    if (object.get(key) instanceof JsonPrimitive value) {
      return value.getAsString();
    }
    wrong(key, "a text");
    return "";
  }

  /** A text or a list of texts; blank ones vanish. */
  List<String> texts(String key) {
    if (!has(key)) {
      return List.of();
    }
    List<JsonElement> given =
        object.get(key) instanceof JsonArray list ? list.asList() : List.of(object.get(key));
    List<String> texts = new ArrayList<>();
    for (JsonElement element : given) {
      if (element instanceof JsonPrimitive value && value.isString()) {
        texts.add(value.getAsString());
      } else {
        wrong(key, "a text or a list of texts");
        return List.of();
      }
    }
    return texts.stream().filter(text -> !text.isBlank()).toList();
  }

  /** A number; 0 if there is none. */
  double number(String key) {
    String text = text(key);
    try {
      return text.isEmpty() ? 0 : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      wrong(key, "a number");
      return 0;
    }
  }

  /** True or false; false if there is none. */
  boolean flag(String key) {
    String text = text(key);
    if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
      wrong(key, "true or false");
    }
    return text.equals("true");
  }

  private void wrong(String key, String expected) {
    tree.problem(
        Problem.error(
            place,
            "\"%s\" must be %s, not %s"
                .formatted(key, expected, DatasetFolder.shown(object.get(key).toString()))));
  }
}
