/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import uniass.api.UniassException;
import uniass.api.metric.Scores;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Part;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.inference.plugin.Plugins;

/** Reads parts: a name, or a map with a name and the plug-in's own settings. */
final class PartReader {

  private static final String NAME = "name";

  private final Plugins plugins;
  private final SectionReader sections;
  private final Set<String> dispensable;

  PartReader(Plugins plugins, SectionReader sections) {
    this(plugins, sections, Set.of());
  }

  /**
   * Reads parts.
   *
   * @param dispensable types of plug-ins that may be missing: what is said of them is kept
   *     unchecked
   */
  PartReader(Plugins plugins, SectionReader sections, Set<String> dispensable) {
    this.plugins = plugins;
    this.sections = sections;
    this.dispensable = dispensable;
  }

  /** Reads a part; absent means the default. */
  PartSpec read(String label, String type, Located given, String fallback) {
    return read(label, type, given, fallback, List.of());
  }

  /** Reads a part whose map may hold keys that are not the plug-in's. */
  PartSpec read(String label, String type, Located given, String fallback, List<String> others) {
    String name = fallback;
    Located map = null;
    if (given != null && given.value() != null) {
      if (given.isList()) {
        sections.error(given, label + " must be a name, or a map with a name");
        return new PartSpec(type, fallback, new Settings(Map.of()));
      }
      if (given.isMap()) {
        Located named = given.entries().get(NAME);
        name = named == null ? fallback : named.raw();
        map = given;
      } else {
        name = given.raw();
      }
    }
    Located at = given == null ? new Located(null, "", label) : given;
    if (name == null) {
      sections.error(
          at, label + " needs a name; there are: " + String.join(", ", plugins.names(type)));
      return new PartSpec(type, "", new Settings(Map.of()));
    }
    Settings settings = settings(new Asked(label, type, name, at), map, others);
    return new PartSpec(type, name, settings, excludes(type, name));
  }

  /** Reads a list of parts, or one. */
  List<PartSpec> readAll(String label, String type, Located given, List<String> fallback) {
    List<PartSpec> parts = new ArrayList<>();
    if (given == null || given.value() == null) {
      fallback.forEach(name -> parts.add(read(label, type, null, name)));
      return parts;
    }
    for (Located item : given.isList() ? given.items() : List.of(given)) {
      parts.add(read(label, type, item, null));
    }
    if (parts.isEmpty()) {
      sections.error(
          given,
          label + " needs one at least; there are: " + String.join(", ", plugins.names(type)));
    }
    return parts;
  }

  /**
   * Reads a list of metrics, or one. {@code mad} stands for the seven metric values that it is the
   * mean of; a name that is there twice counts once. What a choice sets may end a metric's name:
   * {@code image-auroc-std} is {@code { name: image-auroc, score: std }}.
   */
  List<PartSpec> readMetrics(String label, Located given, List<String> fallback) {
    if (given == null || given.value() == null) {
      return readAll(label, PluginType.METRIC, given, fallback);
    }
    Set<String> names = new HashSet<>();
    List<Located> items =
        (given.isList() ? given.items() : List.of(given))
            .stream()
                .flatMap(PartReader::metricValues)
                .filter(item -> item.isMap() || names.add(item.raw()))
                .map(this::spelledOut)
                .toList();
    return readAll(label, PluginType.METRIC, new Located(items, "", given.where()), fallback);
  }

  private static Stream<Located> metricValues(Located metric) {
    return metric.raw().equals(Scores.MAD)
        ? Scores.USUAL_SEVEN.stream().map(name -> new Located(name, name, metric.where()))
        : Stream.of(metric);
  }

  private Located spelledOut(Located metric) {
    Map<String, Located> entries = new LinkedHashMap<>();
    if (metric.isMap()) {
      entries.putAll(metric.entries());
    }
    String name = entries.getOrDefault(NAME, metric).raw();
    List<String> known = plugins.names(PluginType.METRIC);
    for (String metricName : known) {
      if (!known.contains(name) && name.startsWith(metricName + "-")) {
        String choice = name.substring(metricName.length() + 1);
        for (Setting setting : declared(PluginType.METRIC, metricName)) {
          if (setting.choices().contains(choice)) {
            entries.put(NAME, new Located(metricName, metricName, metric.where()));
            entries.put(setting.name(), new Located(choice, choice, metric.where()));
            return Located.map(entries, metric.where());
          }
        }
      }
    }
    return metric;
  }

  /**
   * Reads settings that stand beside a list of parts under a part's name: a map of them, or the
   * value of its first one.
   */
  PartSpec refine(String label, PartSpec part, Located given) {
    if (mayMiss(part.type(), part.name())) {
      return part;
    }
    List<Setting> declared = declared(part.type(), part.name());
    Located map = given;
    if (!given.isMap()) {
      if (declared.isEmpty()) {
        sections.error(given, label + ": '" + part.name() + "' has no settings");
        return part;
      }
      map = Located.map(Map.of(declared.get(0).name(), given), given.where());
    }
    Map<String, Object> values = new LinkedHashMap<>(part.settings().values());
    Settings read = sections.read(label, map, declared, List.of());
    map.entries().keySet().forEach(k -> values.put(k, read.values().get(k)));
    return new PartSpec(part.type(), part.name(), new Settings(values));
  }

  /** A part that an experiment asks for, under a label, at a place. */
  private record Asked(String label, String type, String name, Located at) {}

  private Settings settings(Asked part, Located map, List<String> others) {
    if (mayMiss(part.type(), part.name())) {
      Map<String, Object> unchecked = new LinkedHashMap<>();
      if (map != null) {
        map.entries().forEach((key, value) -> unchecked.put(key, value.plain()));
        unchecked.remove(NAME);
      }
      return new Settings(unchecked);
    }
    List<Setting> declared;
    try {
      declared = declared(part.type(), part.name());
    } catch (UniassException e) {
      sections.error(part.at(), e.getMessage());
      return new Settings(Map.of());
    }
    List<String> besides = new ArrayList<>(others);
    besides.add(NAME);
    return sections.read(part.label() + " " + part.name(), map, declared, besides);
  }

  private boolean mayMiss(String type, String name) {
    return dispensable.contains(type) && !plugins.names(type).contains(name);
  }

  private List<Setting> declared(String type, String name) {
    try (Plugins.Taken<Part> taken = plugins.take(type, name, Part.class)) {
      return declared(name, taken.part());
    }
  }

  private List<String> excludes(String type, String name) {
    if (!plugins.names(type).contains(name)) {
      return List.of(); // which is said elsewhere, if it matters
    }
    try (Plugins.Taken<Part> taken = plugins.take(type, name, Part.class)) {
      return new Configured<>(name, taken.part(), new Settings(Map.of()))
          .call(taken.part()::excludes);
    }
  }

  /** The settings that a plug-in declares. */
  static List<Setting> declared(String name, Part part) {
    return new Configured<>(name, part, new Settings(Map.of())).call(part::settings);
  }
}
