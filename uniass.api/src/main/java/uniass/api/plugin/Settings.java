/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.plugin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of one part in one run: checked values, with defaults filled in. Asking for a name
 * that the part did not declare is a programming error.
 */
public final class Settings {

  private final Map<String, Object> values;

  /** Wraps values that have been checked against the part's declarations. */
  public Settings(Map<String, Object> values) {
    this.values = new HashMap<>(values);
  }

  /** The declared defaults alone. */
  public static Settings defaults(Part part) {
    return defaults(part, Map.of());
  }

  /** The declared defaults, with some values replaced; for programs and tests. */
  public static Settings defaults(Part part, Map<String, Object> replaced) {
    Map<String, Object> values = new HashMap<>();
    part.settings().forEach(s -> values.put(s.name(), s.defaultValue()));
    values.putAll(replaced);
    return new Settings(values);
  }

  /** Whether a value is there (false for an empty setting without default). */
  public boolean has(String name) {
    return values.get(name) != null;
  }

  /** A whole number. */
  public int integer(String name) {
    return Math.toIntExact(((Number) require(name)).longValue());
  }

  /** A number. */
  public double number(String name) {
    return ((Number) require(name)).doubleValue();
  }

  /** true or false. */
  public boolean flag(String name) {
    return (Boolean) require(name);
  }

  /** Text. */
  public String text(String name) {
    return (String) require(name);
  }

  /** A list of texts. */
  public List<String> texts(String name) {
    return ((List<?>) require(name)).stream().map(String::valueOf).toList();
  }

  /** A map, as YAML gave it: keys are texts, values numbers, texts, flags, lists or maps. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> map(String name) {
    return (Map<String, Object>) require(name);
  }

  /** All values by name. */
  public Map<String, Object> values() {
    return java.util.Collections.unmodifiableMap(values);
  }

  private Object require(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no setting '" + name + "' among " + values.keySet());
    }
    return value;
  }
}
