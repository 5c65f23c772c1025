/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uniass.inference.experiment.Located;
import uniass.lab.study.Study.Factor;
import uniass.lab.study.Study.Level;

/** Reads the factors of a study. */
final class FactorReader {

  private final Checks checks;

  FactorReader(Checks checks) {
    this.checks = checks;
  }

  /**
   * Reads all factors.
   *
   * @param given what stands under {@code factors}; null for nothing
   */
  List<Factor> read(Located given) {
    if (given == null || given.value() == null) {
      return List.of();
    }
    if (!given.isMap()) {
      throw checks.error(
          given, "factors must be a map such as 'model.gated-cnn: [mgg-cnn, identity]'");
    }
    List<Factor> factors = new ArrayList<>();
    given.entries().forEach((key, values) -> factors.add(factor(key, values)));
    refuseSameWords(given, factors);
    return factors;
  }

  private void refuseSameWords(Located given, List<Factor> factors) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (Factor factor : factors) {
      String other = keys.put(Variant.shortKey(factor.key()), factor.key());
      if (other != null) {
        throw checks.error(
            given.entries().get(factor.key()),
            "'"
                + other
                + "' and '"
                + factor.key()
                + "' end alike, and that names the trials; make one a set of settings: 'WORD: {"
                + " LABEL: { "
                + factor.key()
                + ": VALUE } }'");
      }
    }
  }

  private Factor factor(String key, Located values) {
    boolean setting = key.contains(".");
    List<Level> levels = new ArrayList<>();
    if (values.isMap()) {
      values.entries().forEach((label, value) -> levels.add(level(key, label, value, setting)));
    } else if (values.isList() && setting) {
      values.items().forEach(value -> levels.add(level(key, label(value), value, true)));
    } else {
      throw checks.error(
          values,
          setting
              ? key + " must be a list of values, or a map of labels and values"
              : "'"
                  + key
                  + "' has no dot, so it names sets of settings: 'LABEL: { key.key: VALUE }'; a"
                  + " setting is written in full, such as 'model."
                  + key
                  + "'");
    }
    if (levels.isEmpty()) {
      throw checks.error(values, key + " has no values");
    }
    Map<String, Level> slugs = new LinkedHashMap<>();
    for (Level level : levels) {
      Variant alone = Variant.base().with(new Factor(key, levels), level);
      Level other = slugs.put(alone.slug(), level);
      if (other != null) {
        throw checks.error(
            values,
            "the values '%s' and '%s' of %s would name one folder; give them labels: { a: VALUE, b: VALUE }"
                .formatted(other.label(), level.label(), key));
      }
    }
    return new Factor(key, levels);
  }

  private Level level(String key, String label, Located value, boolean setting) {
    List<String> settings =
        setting
            ? List.of(key + "=" + Checks.yaml(value))
            : checks.settings(value, key + "." + label);
    return new Level(label, settings, value.where());
  }

  /** How tables name a value: {@code mgg-cnn(branches=1x1+3x3)}. */
  private static String label(Located value) {
    if (value.isList()) {
      return value.items().stream().map(FactorReader::label).collect(Collectors.joining("+"));
    }
    if (!value.isMap()) {
      return value.raw();
    }
    Located name = value.entries().get("name");
    String rest =
        value.entries().entrySet().stream()
            .filter(e -> !e.getKey().equals("name"))
            .map(e -> e.getKey() + "=" + label(e.getValue()))
            .collect(Collectors.joining(", "));
    return (name == null ? "" : name.raw()) + (rest.isEmpty() ? "" : "(" + rest + ")");
  }
}
