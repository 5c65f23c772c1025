/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Compares the settings of two experiments, but for those that belong to one machine. */
public final class Differences {

  private static final String NAME = "name";

  /** What may differ between a network's training and its use. */
  private static final Set<String> FREE =
      Set.of("loss", "jitter", "map-filter", "fusion", "dropout");

  /**
   * A setting that differs.
   *
   * @param setting its keys from the top: {@code train.learning-rate}
   * @param before its value in the first experiment, or {@code nothing}
   * @param now its value in the second
   */
  public record Difference(String setting, String before, String now) {

    /** As {@code train.learning-rate: was 1.0e-4, is 3.0e-4}. */
    @Override
    public String toString() {
      return setting + ": was " + before + ", is " + now;
    }
  }

  private Differences() {}

  /**
   * Finds the settings that differ, in the order of the reference.
   *
   * @param keys those to compare, with all below them, such as {@code train}
   */
  public static List<Difference> between(
      ExperimentSpec before, ExperimentSpec now, Set<String> keys) {
    return between(
        before, now, key -> keys.stream().anyMatch(k -> key.equals(k) || key.startsWith(k + ".")));
  }

  /**
   * Finds the settings in which two networks differ. Heads and orders leave no trace in the shapes
   * of a model's tensors, so that a model would load into a network that it was not trained as.
   */
  public static List<Difference> ofNetworks(ExperimentSpec trained, ExperimentSpec wanted) {
    return between(
        trained,
        wanted,
        key ->
            key.startsWith("model.")
                && List.of(key.split("\\.")).stream().noneMatch(FREE::contains));
  }

  private static List<Difference> between(
      ExperimentSpec before, ExperimentSpec now, Predicate<String> compared) {
    Map<String, Object> left = flat(before);
    Map<String, Object> right = flat(now);
    Set<String> keys = new LinkedHashSet<>(left.keySet());
    keys.addAll(right.keySet());
    List<Difference> differences = new ArrayList<>();
    Set<String> replaced = new HashSet<>();
    for (String key : keys) {
      boolean explained =
          replaced.stream()
              .anyMatch(other -> key.startsWith(other + ".") || key.startsWith(other + "["));
      if (compared.test(key) && !explained && !same(left.get(key), right.get(key))) {
        replaced.add(key); // another plug-in has other settings: its name says it all
        differences.add(new Difference(key, words(left.get(key)), words(right.get(key))));
      }
    }
    return differences;
  }

  /** Whole numbers of missing plug-ins are as YAML gave them, so 1 and 1.0 are the same. */
  private static boolean same(Object left, Object right) {
    return left instanceof Number && right instanceof Number
        ? words(left).equals(words(right))
        : Objects.equals(left, right);
  }

  private static Map<String, Object> flat(ExperimentSpec spec) {
    Map<String, Object> flat = new LinkedHashMap<>();
    ExperimentWriter.tree(spec, true).forEach((key, value) -> flatten(key, value, flat));
    return flat;
  }

  /** The name of a part stands under the part's own key, its settings below it. */
  private static void flatten(String key, Object value, Map<String, Object> flat) {
    if (value instanceof Map<?, ?> map) {
      if (map.containsKey(NAME)) {
        flat.put(key, map.get(NAME));
      }
      map.forEach(
          (k, v) -> {
            if (!k.equals(NAME)) {
              flatten(key + "." + k, v, flat);
            }
          });
    } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
      flat.put(
          key,
          list.stream().map(item -> item instanceof Map<?, ?> m ? m.get(NAME) : item).toList());
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) instanceof Map<?, ?> part) {
          flatten(key + "[" + (i + 1) + "]", part, flat);
        }
      }
    } else {
      flat.put(key, value);
    }
  }

  /** A value in words: {@code 1.0e-4}, {@code [a, b]}. */
  static String words(Object value) {
    if (value instanceof Double number) {
      return SectionReader.number(number);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Differences::words).collect(Collectors.joining(", ", "[", "]"));
    }
    return value == null ? "nothing" : String.valueOf(value);
  }
}
