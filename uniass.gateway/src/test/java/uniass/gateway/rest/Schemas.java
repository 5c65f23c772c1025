/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** Holds JSON against the schemas of {@code openapi.json}, as far as those use JSON Schema. */
final class Schemas {

  private final JsonObject named;

  Schemas(JsonObject named) {
    this.named = named;
  }

  /** Insists that all that is required is there, of its type, and that nothing is undescribed. */
  void check(JsonObject schema, JsonElement value, String where) {
    if (schema.has("$ref")) {
      String reference = schema.get("$ref").getAsString();
      JsonObject meant = named.getAsJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
      check(meant, value, where);
      return;
    }
    if (schema.has("enum")) {
      assertTrue(schema.getAsJsonArray("enum").contains(value), where + ": " + value);
      return;
    }
    JsonElement type = schema.get("type");
    boolean fits =
        type.isJsonArray()
            ? type.getAsJsonArray().asList().stream().anyMatch(t -> is(value, t.getAsString()))
            : is(value, type.getAsString());
    assertTrue(fits, where + ": " + value + " is not " + type);
    if (value.isJsonArray()) {
      for (JsonElement item : value.getAsJsonArray()) {
        check(schema.getAsJsonObject("items"), item, where + "[]");
      }
    } else if (value.isJsonObject()) {
      checkObject(schema, value.getAsJsonObject(), where);
    }
  }

  private void checkObject(JsonObject schema, JsonObject value, String where) {
    JsonObject properties = schema.getAsJsonObject("properties");
    JsonArray required = schema.getAsJsonArray("required");
    required.forEach(
        name -> assertTrue(value.has(name.getAsString()), where + ": no " + name.getAsString()));
    for (String name : value.keySet()) {
      assertTrue(properties.has(name), where + ": " + name + " is not described");
      check(properties.getAsJsonObject(name), value.get(name), where + "." + name);
    }
  }

  private static boolean is(JsonElement value, String type) {
    return switch (type) {
      case "object" -> value.isJsonObject();
      case "array" -> value.isJsonArray();
      case "null" -> value.isJsonNull();
      case "string" -> value instanceof JsonPrimitive p && p.isString();
      case "boolean" -> value instanceof JsonPrimitive p && p.isBoolean();
      case "integer" -> value instanceof JsonPrimitive p && p.getAsString().matches("-?\\d+");
      case "number" -> value instanceof JsonPrimitive p && p.isNumber();
      default -> throw new IllegalArgumentException(type);
    };
  }
}
