/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import uniass.api.plugin.PluginType;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;

/** Reads the records of {@link ExperimentSpec} as their components are declared. */
final class SpecReader {

  private static final String NAME = "name";

  private final SectionReader sections;
  private final PartReader parts;
  private final Path folder;
  private final boolean ofModel;

  /**
   * Reads with these.
   *
   * @param folder what file names are relative to
   * @param ofModel whether a model carries what is read, which may be older than some settings
   */
  SpecReader(SectionReader sections, PartReader parts, Path folder, boolean ofModel) {
    this.sections = sections;
    this.parts = parts;
    this.folder = folder;
    this.ofModel = ofModel;
  }

  /**
   * Reads a map into a record. What is wrong is collected, and the default stands in its place.
   *
   * @param path keys from the top, joined by dots; empty for the top
   */
  <R extends Record> R read(Class<R> type, String path, Located map) {
    List<Entry> entries = Entry.of(type);
    List<Object> values = new ArrayList<>();
    List<String> beside = new ArrayList<>();
    for (Entry entry : entries) {
      values.add(entry.isPlain() ? null : structured(entry, path, map, beside));
    }
    entries.stream().filter(e -> !e.isPlain()).map(Entry::name).forEach(beside::add);
    List<Entry> plain =
        entries.stream().filter(e -> e.isPlain() && e.key().in().isEmpty()).toList();
    Settings settings =
        sections.read(path, map, plain.stream().map(this::setting).toList(), beside);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.isPlain()) {
        values.set(i, plain(entry, path, map, settings));
      }
    }
    values.forEach(value -> refuseExcluded(value, path, map));
    return create(type, values);
  }

  private void refuseExcluded(Object value, String path, Located map) {
    if (!(value instanceof PartSpec part)) {
      return;
    }
    for (String key : part.excludes()) {
      Located given = map.entries().get(key);
      if (given != null && given.value() != null) {
        sections.error(
            given,
            "%s means nothing with %s '%s'; leave it out"
                .formatted(join(path, key), part.type(), part.name()));
      }
    }
  }

  private Setting setting(Entry entry) {
    return ofModel ? entry.settingOfModel() : entry.setting();
  }

  private Object plain(Entry entry, String path, Located map, Settings beside) {
    Settings settings = beside;
    Located owner = map;
    String place = path;
    if (!entry.key().in().isEmpty()) {
      Located part = map.entries().get(entry.key().in());
      owner = only(part, entry.name());
      place = join(path, entry.key().in());
      settings = sections.read(place, owner, List.of(setting(entry)), List.of());
    }
    Object value = settings.values().get(entry.name());
    if (!entry.key().matches().isEmpty() && !String.valueOf(value).matches(entry.key().matches())) {
      sections.error(
          owner.entries().getOrDefault(entry.name(), owner),
          join(place, entry.name())
              + " must be "
              + entry.key().expected()
              + ", not '"
              + value
              + "'");
    }
    return entry.typed(value, folder);
  }

  /** A map with one of a map's keys. */
  private static Located only(Located map, String key) {
    Located value = map == null || !map.isMap() ? null : map.entries().get(key);
    return Located.map(value == null ? Map.of() : Map.of(key, value), key);
  }

  private Object structured(Entry entry, String path, Located map, List<String> beside) {
    String label = join(path, entry.name());
    Located given = map.entries().get(entry.name());
    if (entry.isPart()) {
      return parts.read(
          label,
          entry.key().part(),
          given,
          entry.key().defaultValue(),
          Entry.of(owner(entry)).stream()
              .filter(e -> e.key().in().equals(entry.name()))
              .map(Entry::name)
              .toList());
    }
    if (entry.isParts()) {
      return partList(entry, path, map, beside);
    }
    if (entry.isSize()) {
      return size(entry, label, given);
    }
    boolean absent = given == null || given.value() == null;
    if (entry.isOptional()) {
      return absent ? Optional.empty() : Optional.of(section(entry, label, map));
    }
    return section(entry, label, map);
  }

  private static Class<? extends Record> owner(Entry entry) {
    return entry.component().getDeclaringRecord().asSubclass(Record.class);
  }

  private List<PartSpec> partList(Entry entry, String path, Located map, List<String> beside) {
    String label = join(path, entry.name());
    Located given = map.entries().get(entry.name());
    List<PartSpec> read =
        entry.key().part().equals(PluginType.METRIC)
            ? parts.readMetrics(label, given, entry.defaults())
            : parts.readAll(label, entry.key().part(), given, entry.defaults());
    if (!entry.key().settingsBeside()) {
      return read;
    }
    read.forEach(part -> beside.add(part.name()));
    return read.stream()
        .map(
            part -> {
              Located more = map.entries().get(part.name());
              return more == null ? part : parts.refine(join(path, part.name()), part, more);
            })
        .toList();
  }

  private ImageSize size(Entry entry, String label, Located given) {
    ImageSize standard = ImageSize.square(Integer.parseInt(entry.key().defaultValue()));
    if (given == null || given.value() == null) {
      return standard;
    }
    Optional<ImageSize> size = ImageSize.of(given);
    if (size.isEmpty()) {
      sections.error(given, label + " must be " + ImageSize.EXPECTED);
    }
    return size.orElse(standard);
  }

  /** Reads a map; one whose first setting is its name may be given by the name alone. */
  private Record section(Entry entry, String label, Located map) {
    Class<? extends Record> type = entry.section().orElseThrow();
    Entry first = Entry.of(type).get(0);
    Located given = map.entries().get(entry.name());
    if (first.name().equals(NAME) && given != null && !given.isMap()) {
      if (given.value() instanceof String) {
        return read(type, label, Located.map(Map.of(NAME, given), given.where()));
      }
      if (given.value() != null) {
        sections.error(
            given,
            label
                + " must be "
                + String.join(", ", first.setting().choices())
                + ", or a map with a name");
      }
      return read(type, label, Located.map(Map.of(), label));
    }
    return read(type, label, sections.map(label, map, entry.name()));
  }

  private static <R extends Record> R create(Class<R> type, List<Object> values) {
    Class<?>[] types =
        Stream.of(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
