/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes an experiment with every setting, always in the same order. */
final class ExperimentWriter {

  private final boolean portable;

  private ExperimentWriter(boolean portable) {
    this.portable = portable;
  }

  /**
   * The settings as YAML.
   *
   * @param portable whether to leave out what belongs to one machine: paths and device
   */
  static String yaml(ExperimentSpec spec, boolean portable) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    options.setWidth(1000);
    options.setSplitLines(false);
    return new Yaml(options).dump(tree(spec, portable));
  }

  /** The settings as maps, lists, texts, numbers and flags; no two places share an object. */
  static Map<String, Object> tree(ExperimentSpec spec, boolean portable) {
    return new ExperimentWriter(portable).map(spec);
  }

  private Map<String, Object> map(Record section) {
    Map<String, Object> map = new LinkedHashMap<>();
    Set<String> excluded = excluded(section);
    for (Entry entry : Entry.of(section.getClass())) {
      Object value = excluded.contains(entry.name()) ? null : entry.in(section);
      if (value instanceof Optional<?> optional) {
        value = optional.orElse(null);
      }
      if (value == null || (portable && !entry.key().portable())) {
        continue;
      }
      if (entry.key().in().isEmpty()) {
        map.put(entry.name(), plain(entry, value));
      } else {
        Map<String, Object> part = part(map.get(entry.key().in()));
        part.put(entry.name(), plain(entry, value));
        map.put(entry.key().in(), part);
      }
    }
    return map;
  }

  /** What means nothing with a section's parts. */
  private static Set<String> excluded(Record section) {
    Set<String> excluded = new HashSet<>();
    for (Entry entry : Entry.of(section.getClass())) {
      if (entry.in(section) instanceof PartSpec part) {
        excluded.addAll(part.excludes());
      }
    }
    return excluded;
  }

  /** A part's map, also if its name alone would do. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> part(Object nameOrMap) {
    return nameOrMap instanceof Map
        ? (Map<String, Object>) nameOrMap
        : new LinkedHashMap<>(Map.of("name", nameOrMap));
  }

  private Object plain(Entry entry, Object value) {
    if (value instanceof PartSpec part) {
      return part(part);
    }
    if (value instanceof ImageSize size) {
      return new ArrayList<>(List.of(size.height(), size.width()));
    }
    if (value instanceof Record section) {
      return map(section);
    }
    if (entry.isParts()) {
      return new ArrayList<>(
          ((List<?>) value).stream().map(item -> part((PartSpec) item)).toList());
    }
    if (value instanceof Collection<?> words && words.isEmpty() && !entry.defaults().isEmpty()) {
      return entry.key().defaultValue(); // nothing chosen is the default
    }
    if (value instanceof Set<?> words) {
      return new ArrayList<>(new TreeSet<>(words));
    }
    if (value instanceof Enum<?> constant) {
      return Entry.word(constant);
    }
    if (value instanceof String text && isNumber(text) && isNumber(entry.key().defaultValue())) {
      return Long.valueOf(text); // may be a word, and then is a text
    }
    return value instanceof Path ? value.toString() : fresh(value);
  }

  private static boolean isNumber(String text) {
    return text.matches("\\d{1,9}");
  }

  private static Object part(PartSpec part) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", part.name());
    new TreeMap<>(part.settings().values())
        .forEach(
            (key, value) -> {
              if (value != null) {
                map.put(key, fresh(value));
              }
            });
    return map.size() == 1 ? part.name() : map;
  }

  /** Copies lists and maps, because YAML writes an object that it meets twice as a reference. */
  private static Object fresh(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(k, fresh(v)));
      return copy;
    }
    return value instanceof List<?> list
        ? new ArrayList<>(list.stream().map(ExperimentWriter::fresh).toList())
        : value;
  }
}
