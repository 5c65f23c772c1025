/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.kind;

import java.util.Map;

/**
 * A configuration that is to be made. Its keys are known, none is missing, and values are of their
 * types.
 *
 * @param where where it comes from, for messages: {@code line.yaml: sink 'hook' (webhook)}
 * @param pid its PID, or the factory's: {@code uniass.sink.webhook}
 * @param values its values by key
 */
public record Configured(String where, String pid, Map<String, Object> values) {

  /** Copies the values. */
  public Configured {
    values = Map.copyOf(values);
  }

  /** A text; empty if the key has no value. */
  public String text(String key) {
    Object value = values.get(key);
    return value == null ? "" : value.toString();
  }
}
