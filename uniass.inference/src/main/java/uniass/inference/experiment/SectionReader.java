/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uniass.api.Problem;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.inference.plugin.Nearest;

/** Checks the keys and values of one map against declared settings, and collects what is wrong. */
final class SectionReader {

  /** Begins the place of what {@code --set} replaced. */
  private static final String SET = "--set ";

  private final List<Problem> problems;

  SectionReader(List<Problem> problems) {
    this.problems = problems;
  }

  void error(Located at, String message) {
    problems.add(Problem.error(at.where(), message));
  }

  /** A problem in a line that names its place once. */
  static String line(Problem problem) {
    String where = problem.where();
    String before = where.startsWith(SET) ? SET : "";
    boolean twice =
        where.startsWith("--") && problem.message().startsWith(where.substring(before.length()));
    return (twice ? Problem.error("", before + problem.message()) : problem).toString();
  }

  /**
   * The map under a key; an empty one if there is none, or if it is not a map.
   *
   * @param label the key with those above it, for messages
   */
  Located map(String label, Located root, String key) {
    Located section = root.entries().get(key);
    if (section == null || section.value() == null) {
      return Located.map(Map.of(), label);
    }
    if (!section.isMap()) {
      error(section, label + " must be a map, not " + section.kind());
      return Located.map(Map.of(), section.where());
    }
    return section;
  }

  /**
   * Reads a map.
   *
   * @param label what the map is, such as {@code train}; empty for the whole experiment
   * @param settings the settings that it may hold
   * @param others keys that it may hold besides, which the caller reads
   */
  Settings read(String label, Located map, List<Setting> settings, Collection<String> others) {
    Map<String, Object> values = new HashMap<>();
    Map<String, Located> entries = map == null ? Map.of() : map.entries();
    refuseUnknown(label, entries, settings, others);
    for (Setting setting : settings) {
      Located given = given(entries, setting);
      values.put(
          setting.name(),
          given == null || given.value() == null
              ? setting.defaultValue()
              : value(
                  label.isEmpty() ? setting.name() : label + "." + setting.name(), given, setting));
    }
    return new Settings(values);
  }

  private void refuseUnknown(
      String label,
      Map<String, Located> entries,
      List<Setting> settings,
      Collection<String> others) {
    Set<String> known = new LinkedHashSet<>(others);
    settings.forEach(s -> known.add(s.name()));
    Set<String> former = new HashSet<>();
    settings.forEach(s -> former.addAll(s.formerNames()));
    entries.forEach(
        (key, value) -> {
          if (!known.contains(key) && !former.contains(key)) {
            error(
                value,
                "unknown key '"
                    + key
                    + "' in "
                    + (label.isEmpty() ? "the experiment" : label)
                    + Nearest.hint(key, known)
                    + (known.isEmpty() ? "; it has none" : "; known: " + String.join(", ", known)));
          }
        });
  }

  /** What is said of a setting, under its name or one that it had before. */
  private Located given(Map<String, Located> entries, Setting setting) {
    Located given = entries.get(setting.name());
    for (String former : setting.formerNames()) {
      Located old = entries.get(former);
      if (old != null && given != null) {
        error(old, "'" + former + "' is the old name of '" + setting.name() + "'; keep one");
      }
      given = given == null ? old : given;
    }
    return given;
  }

  private Object value(String label, Located given, Setting setting) {
    return switch (setting.kind()) {
      case INTEGER -> {
        if (given.value() instanceof Long number && within(number, setting)) {
          yield number;
        }
        yield refuse(label, given, setting, "a whole number" + range(setting));
      }
      case NUMBER -> {
        if (given.value() instanceof Number number && within(number.doubleValue(), setting)) {
          yield number.doubleValue();
        }
        yield refuse(label, given, setting, "a number" + range(setting));
      }
      case BOOLEAN ->
          given.value() instanceof Boolean
              ? given.value()
              : refuse(label, given, setting, "true or false");
      case TEXT -> {
        if (given.isMap() || given.isList()) {
          yield refuse(label, given, setting, "a text");
        }
        yield choice(label, given, setting) ? given.raw() : setting.defaultValue();
      }
      case TEXTS -> texts(label, given, setting);
      case MAP -> given.isMap() ? given.plain() : refuse(label, given, setting, "a map");
    };
  }

  private Object texts(String label, Located given, Setting setting) {
    if (given.isMap()) {
      return refuse(label, given, setting, "a list");
    }
    List<String> texts = new ArrayList<>();
    for (Located item : given.isList() ? given.items() : List.of(given)) {
      if (item.isMap() || item.isList()) {
        return refuse(label, item, setting, "a list of texts");
      }
      if (choice(label, item, setting)) {
        texts.add(item.raw());
      }
    }
    return List.copyOf(texts);
  }

  private boolean choice(String label, Located given, Setting setting) {
    if (setting.choices().isEmpty() || setting.choices().contains(given.raw())) {
      return true;
    }
    error(
        given,
        label
            + ": no '"
            + given.raw()
            + "'"
            + Nearest.hint(given.raw(), setting.choices())
            + "; there are: "
            + String.join(", ", setting.choices()));
    return false;
  }

  private Object refuse(String label, Located given, Setting setting, String expected) {
    error(given, label + " must be " + expected + ", not " + given.kind());
    return setting.defaultValue();
  }

  private static boolean within(double value, Setting setting) {
    return value >= setting.minimum() && value <= setting.maximum();
  }

  private static String range(Setting setting) {
    return " from " + number(setting.minimum()) + " to " + number(setting.maximum());
  }

  /** A number as people write it. */
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value).replace('E', 'e');
  }
}
