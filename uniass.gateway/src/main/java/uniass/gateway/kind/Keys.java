/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.kind;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

/** The keys that a configuration must have: those that its metatype requires without a default. */
public final class Keys {

  private final List<AttributeDefinition> mandatory;

  private Keys(List<AttributeDefinition> mandatory) {
    this.mandatory = mandatory;
  }

  /** Those of a metatype. */
  public static Keys of(ObjectClassDefinition definition) {
    AttributeDefinition[] required =
        definition.getAttributeDefinitions(ObjectClassDefinition.REQUIRED);
    return new Keys(
        required == null
            ? List.of()
            : Arrays.stream(required).filter(a -> !hasDefault(a)).toList());
  }

  private static boolean hasDefault(AttributeDefinition attribute) {
    String[] values = attribute.getDefaultValue();
    return values != null && values.length > 0;
  }

  /**
   * Says which key is missing, or empty, and what to give.
   *
   * @param values finds a key's value; null if there is none
   * @return one line, such as {@code 'folder' is missing: give the folder of the files}; empty if
   *     all are there
   */
  public Optional<String> missing(Function<String, Object> values) {
    return mandatory.stream()
        .filter(attribute -> isEmpty(values.apply(attribute.getID())))
        .findFirst()
        .map(
            attribute -> "'%s' is missing: give %s".formatted(attribute.getID(), words(attribute)));
  }

  private static boolean isEmpty(Object value) {
    return value == null || value.toString().isBlank();
  }

  /** The description, as it continues a sentence; names such as {@code MQTT} stay as they are. */
  private static String words(AttributeDefinition attribute) {
    String text = attribute.getDescription();
    if (text == null || text.isBlank()) {
      return "it";
    }
    boolean isName = text.length() > 1 && Character.isUpperCase(text.charAt(1));
    return isName ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
