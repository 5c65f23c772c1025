/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a YAML file and where it stands.
 *
 * @param value a map of located values, a list of located values, Long, Double, Boolean, String or
 *     null
 * @param raw the text as written, for scalars; else empty
 * @param where {@code line 12}, or {@code --set key}
 */
public record Located(Object value, String raw, String where) {

  static Located map(Map<String, Located> entries, String where) {
    return new Located(entries, "", where);
  }

  /** Whether it is a map. */
  public boolean isMap() {
    return value instanceof Map;
  }

  /** Whether it is a list. */
  public boolean isList() {
    return value instanceof List;
  }

  /** The entries of a map, in the file's order. */
  @SuppressWarnings("unchecked")
  public Map<String, Located> entries() {
    return (Map<String, Located>) value;
  }

  /** The items of a list. */
  @SuppressWarnings("unchecked")
  public List<Located> items() {
    return (List<Located>) value;
  }

  /** The value without places. */
  public Object plain() {
    if (isMap()) {
      Map<String, Object> plain = new LinkedHashMap<>();
      entries().forEach((k, v) -> plain.put(k, v.plain()));
      return plain;
    }
    return isList() ? items().stream().map(Located::plain).toList() : value;
  }

  /** What it is, in words. */
  public String kind() {
    if (value == null) {
      return "nothing";
    }
    if (isMap()) {
      return "a map";
    }
    return isList() ? "a list" : "'" + raw + "'";
  }
}
