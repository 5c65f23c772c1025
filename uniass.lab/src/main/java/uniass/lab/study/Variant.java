/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The base experiment with other values of some factors.
 *
 * @param levels the value's label by the factor's key; empty for the base
 * @param settings what they replace, each {@code key.key=value}
 */
public record Variant(Map<String, String> levels, List<String> settings) {

  private static final int LONGEST = 100;

  /** Copies the collections, keeping their order. */
  public Variant {
    levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
    settings = List.copyOf(settings);
  }

  /** The base. */
  static Variant base() {
    return new Variant(Map.of(), List.of());
  }

  /** This one with another value. */
  Variant with(Study.Factor factor, Study.Level level) {
    Map<String, String> more = new LinkedHashMap<>(levels);
    more.put(factor.key(), level.label());
    List<String> all = new ArrayList<>(settings);
    all.addAll(level.settings());
    return new Variant(more, all);
  }

  /** What differs from the base, for tables: {@code gated-cnn=identity, hidden=64}. */
  public String label() {
    if (levels.isEmpty()) {
      return Study.BASE;
    }
    List<String> words = new ArrayList<>();
    levels.forEach((key, label) -> words.add(shortKey(key) + "=" + label));
    return String.join(", ", words);
  }

  /** The same as a part of folder names: {@code gated-cnn-identity_hidden-64}. */
  public String slug() {
    if (levels.isEmpty()) {
      return Study.BASE;
    }
    List<String> words = new ArrayList<>();
    levels.forEach((key, label) -> words.add(slug(shortKey(key) + "-" + label)));
    String all = String.join("_", words);
    return all.length() <= LONGEST
        ? all
        : all.substring(0, LONGEST - 9) + "-" + "%08x".formatted(all.hashCode());
  }

  /** The last word of a setting's key. */
  static String shortKey(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  private static String slug(String text) {
    return text.replaceAll("[^A-Za-z0-9.]+", "-").replaceAll("^[-.]+|[-.]+$", "");
  }
}
