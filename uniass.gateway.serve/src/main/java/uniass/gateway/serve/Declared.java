/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.serve;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;
import uniass.api.UniassException;
import uniass.gateway.kind.Keys;
import uniass.inference.plugin.Nearest;

/** Holds configurations against what the bundles declare that can be configured. */
final class Declared {

  private final Map<String, ObjectClassDefinition> definitions = new TreeMap<>();

  Declared(BundleContext context, MetaTypeService service) {
    for (Bundle bundle : context.getBundles()) {
      MetaTypeInformation information = service.getMetaTypeInformation(bundle);
      if (information != null) {
        Stream.of(information.getPids(), information.getFactoryPids())
            .flatMap(Arrays::stream)
            .forEach(pid -> definitions.put(pid, information.getObjectClassDefinition(pid, null)));
      }
    }
  }

  /** Insists that no key is missing, all are known, and all values of their type and range. */
  void check(Setup setup) {
    ObjectClassDefinition definition = definitions.get(setup.pid());
    if (definition == null) {
      throw unknownKind(setup);
    }
    Keys.of(definition)
        .missing(setup.values()::get)
        .ifPresent(
            what -> {
              throw new UniassException(setup.where() + ": " + what);
            });
    AttributeDefinition[] known = definition.getAttributeDefinitions(ObjectClassDefinition.ALL);
    List<String> keys = Arrays.stream(known).map(AttributeDefinition::getID).toList();
    setup
        .values()
        .forEach(
            (key, value) -> {
              AttributeDefinition attribute =
                  find(known, a -> a.getID().equals(key))
                      .orElseThrow(
                          () ->
                              new UniassException(
                                  "%s: unknown key '%s'%s; keys: %s"
                                      .formatted(
                                          setup.where(),
                                          key,
                                          Nearest.hint(key, keys),
                                          String.join(", ", new TreeSet<>(keys)))));
              check(setup, attribute, value);
            });
  }

  private static Optional<AttributeDefinition> find(
      AttributeDefinition[] known, Predicate<AttributeDefinition> wanted) {
    return Arrays.stream(known).filter(wanted).findFirst();
  }

  private static void check(Setup setup, AttributeDefinition attribute, Object value) {
    boolean fits =
        switch (attribute.getType()) {
          case AttributeDefinition.INTEGER -> value instanceof Integer;
          case AttributeDefinition.LONG -> value instanceof Integer || value instanceof Long;
          case AttributeDefinition.BOOLEAN -> value instanceof Boolean;
          case AttributeDefinition.DOUBLE -> value instanceof Number;
          default -> value instanceof String || value instanceof List || value instanceof Number;
        };
    String wrong = fits ? attribute.validate(text(value)) : type(attribute);
    if (wrong != null && !wrong.isEmpty()) {
      throw new UniassException(
          "%s: %s: '%s' does not fit; %s"
              .formatted(setup.where(), attribute.getID(), value, describe(attribute)));
    }
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? String.join(",", list.stream().map(String::valueOf).toList())
        : String.valueOf(value);
  }

  private static String type(AttributeDefinition attribute) {
    return switch (attribute.getType()) {
      case AttributeDefinition.INTEGER, AttributeDefinition.LONG -> "a whole number";
      case AttributeDefinition.BOOLEAN -> "true or false";
      case AttributeDefinition.DOUBLE -> "a number";
      default -> "a text";
    };
  }

  private static String describe(AttributeDefinition attribute) {
    String[] choices = attribute.getOptionValues();
    return choices != null && choices.length > 0
        ? "choices: " + String.join(", ", choices)
        : "it is " + type(attribute) + ": " + attribute.getDescription().toLowerCase(Locale.ROOT);
  }

  private UniassException unknownKind(Setup setup) {
    int dot = setup.pid().lastIndexOf('.') + 1;
    String prefix = setup.pid().substring(0, dot);
    String kind = setup.pid().substring(dot);
    List<String> kinds =
        definitions.keySet().stream()
            .filter(pid -> pid.startsWith(prefix) && pid.indexOf('.', dot) < 0)
            .map(pid -> pid.substring(dot))
            .toList();
    return new UniassException(
        "%s: unknown kind '%s'%s; kinds: %s"
            .formatted(
                setup.where(),
                kind,
                Nearest.hint(kind, kinds),
                kinds.isEmpty() ? "none" : String.join(", ", kinds)));
  }
}
