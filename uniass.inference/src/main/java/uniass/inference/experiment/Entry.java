/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import uniass.api.plugin.Setting;

/**
 * A declared component of one of the records of {@link ExperimentSpec}.
 *
 * @param name its key in YAML
 * @param key its declaration
 * @param component the component
 */
record Entry(String name, Key key, RecordComponent component) {

  private static final ClassValue<List<Entry>> ENTRIES =
      new ClassValue<>() {
        @Override
        protected List<Entry> computeValue(Class<?> type) {
          return Stream.of(type.getRecordComponents()).map(Entry::of).toList();
        }
      };

  /** The components of a record, in order. */
  static List<Entry> of(Class<? extends Record> type) {
    return ENTRIES.get(type);
  }

  private static Entry of(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    String name =
        key.name().isEmpty()
            ? component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT)
            : key.name();
    return new Entry(name, key, component);
  }

  /** A constant's word in experiments. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is a plug-in. */
  boolean isPart() {
    return component.getType() == PartSpec.class;
  }

  /** Whether it is a list of plug-ins. */
  boolean isParts() {
    return !key.part().isEmpty() && !isPart();
  }

  /** Whether nothing is a value of its own, rather than the default. */
  boolean isOptional() {
    return component.getType() == Optional.class;
  }

  /** The record that it is a map of, if it is one. */
  Optional<Class<? extends Record>> section() {
    Class<?> type = isOptional() ? argument() : component.getType();
    return type.isRecord() && !isPart() && !isSize()
        ? Optional.of(type.asSubclass(Record.class))
        : Optional.empty();
  }

  private Class<?> argument() {
    Type argument = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    return (Class<?>) argument;
  }

  /** Whether it is the size of images, which has a form of its own. */
  boolean isSize() {
    return component.getType() == ImageSize.class;
  }

  /** Whether it is a single value or a list of words, which {@link #setting} describes. */
  boolean isPlain() {
    return key.part().isEmpty() && !isSize() && section().isEmpty();
  }

  /** The words of the default. */
  List<String> defaults() {
    return key.defaultValue().isEmpty() ? List.of() : List.of(key.defaultValue().split(", "));
  }

  /** What a plain value may be. */
  Setting setting() {
    return setting(key.defaultValue());
  }

  /** What a plain value may be in a model, which may be older than the setting. */
  Setting settingOfModel() {
    return setting(key.formerDefault().isEmpty() ? key.defaultValue() : key.formerDefault());
  }

  private Setting setting(String standard) {
    Class<?> type = component.getType();
    if (type == int.class || type == long.class) {
      return Setting.integer(
          name, Long.parseLong(standard), (long) key.minimum(), (long) key.maximum(), key.help());
    }
    if (type == double.class) {
      return Setting.number(
          name, Double.parseDouble(standard), key.minimum(), key.maximum(), key.help());
    }
    if (type == boolean.class) {
      return Setting.flag(name, Boolean.parseBoolean(standard), key.help());
    }
    if (Collection.class.isAssignableFrom(type)) {
      return Setting.texts(name, defaults(), List.of(key.choices()), key.help());
    }
    return Setting.choice(name, standard.isEmpty() ? null : standard, words(), key.help());
  }

  private List<String> words() {
    return component.getType().isEnum()
        ? Arrays.stream(component.getType().getEnumConstants()).map(c -> word((Enum<?>) c)).toList()
        : List.of(key.choices());
  }

  /**
   * Turns a checked plain value into the component's type.
   *
   * @param folder what file names are relative to
   */
  Object typed(Object value, Path folder) {
    Class<?> type = component.getType();
    if (value == null) {
      return null;
    }
    if (type == int.class) {
      return Math.toIntExact(((Number) value).longValue());
    }
    if (type.isEnum()) {
      return Stream.of(type.getEnumConstants())
          .filter(c -> word((Enum<?>) c).equals(value))
          .findFirst()
          .orElseThrow();
    }
    if (type == java.util.Set.class) {
      return new LinkedHashSet<>((Collection<?>) value);
    }
    if (type == Path.class) {
      return folder.resolve((String) value).normalize();
    }
    if (key.fileOr().length > 0 && !List.of(key.fileOr()).contains(value)) {
      return folder.resolve((String) value).normalize().toString();
    }
    return value;
  }

  /** The component's value in a record. */
  Object in(Record owner) {
    try {
      return component.getAccessor().invoke(owner);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
