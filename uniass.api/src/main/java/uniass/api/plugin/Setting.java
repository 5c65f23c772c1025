/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.plugin;

import java.util.List;

/**
 * A setting that a part accepts in an experiment.
 *
 * @param name in kebab case
 * @param kind what values it takes
 * @param defaultValue used where the experiment is silent; a Long, Double, Boolean, String or List
 *     of such, or null where there is none and the setting may stay empty
 * @param choices the allowed values, empty for any
 * @param minimum smallest number allowed, inclusive
 * @param maximum largest number allowed, inclusive
 * @param description one line
 * @param formerNames names that it had before; experiments and models that have them still read
 */
public record Setting(
    String name,
    Kind kind,
    Object defaultValue,
    List<String> choices,
    double minimum,
    double maximum,
    String description,
    List<String> formerNames) {

  /** A setting under the name that it always had. */
  public Setting(
      String name,
      Kind kind,
      Object defaultValue,
      List<String> choices,
      double minimum,
      double maximum,
      String description) {
    this(name, kind, defaultValue, choices, minimum, maximum, description, List.of());
  }

  /** The setting, which had other names before. */
  public Setting formerly(String... names) {
    return new Setting(
        name, kind, defaultValue, choices, minimum, maximum, description, List.of(names));
  }

  /** Kinds of values. */
  public enum Kind {
    /** A whole number. */
    INTEGER,
    /** A number. */
    NUMBER,
    /** true or false. */
    BOOLEAN,
    /** Text. */
    TEXT,
    /** A list of texts. */
    TEXTS,
    /** A map with keys of its own, which the part checks itself. */
    MAP
  }

  /** A whole number within bounds. */
  public static Setting integer(
      String name, long defaultValue, long minimum, long maximum, String description) {
    return new Setting(name, Kind.INTEGER, defaultValue, List.of(), minimum, maximum, description);
  }

  /** A number within bounds. */
  public static Setting number(
      String name, double defaultValue, double minimum, double maximum, String description) {
    return new Setting(name, Kind.NUMBER, defaultValue, List.of(), minimum, maximum, description);
  }

  /** true or false. */
  public static Setting flag(String name, boolean defaultValue, String description) {
    return new Setting(name, Kind.BOOLEAN, defaultValue, List.of(), 0, 0, description);
  }

  /** One of some words. */
  public static Setting choice(
      String name, String defaultValue, List<String> choices, String description) {
    return new Setting(name, Kind.TEXT, defaultValue, choices, 0, 0, description);
  }

  /** Any text; null as the default means that it may be left out. */
  public static Setting text(String name, String defaultValue, String description) {
    return new Setting(name, Kind.TEXT, defaultValue, List.of(), 0, 0, description);
  }

  /** A list of texts; choices may be empty for any. */
  public static Setting texts(
      String name, List<String> defaultValue, List<String> choices, String description) {
    return new Setting(name, Kind.TEXTS, defaultValue, choices, 0, 0, description);
  }
}
