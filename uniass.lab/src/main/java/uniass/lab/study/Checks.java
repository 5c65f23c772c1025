/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.study;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import uniass.api.UniassException;
import uniass.inference.experiment.Located;
import uniass.inference.plugin.Nearest;

/** Checks values of a study's file, and says what is wrong with them and where. */
final class Checks {

  private static final Gson JSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private final String source;

  Checks(String source) {
    this.source = source;
  }

  /** A value as YAML in one line. */
  static String yaml(Located value) {
    return JSON.toJson(value.plain());
  }

  /** Settings of an experiment, each {@code key.key=value}. */
  List<String> settings(Located given, String label) {
    if (given == null || given.value() == null) {
      return List.of();
    }
    if (!given.isMap()) {
      throw error(given, label + " must be a map of settings, such as 'train.epochs: 10'");
    }
    List<String> settings = new ArrayList<>();
    given.entries().forEach((key, value) -> settings.add(key + "=" + yaml(value)));
    return settings;
  }

  /** A whole number in a range. */
  long whole(Located given, String label, long from, long to) {
    if (!(given.value() instanceof Long number) || number < from || number > to) {
      throw error(given, label + " must be a whole number" + (from == 1 ? " from 1 to " + to : ""));
    }
    return number;
  }

  /** A share, more than nothing and less than all. */
  double share(Located given, String label) {
    if (!(given.value() instanceof Number number)
        || !(number.doubleValue() > 0 && number.doubleValue() < 1)) {
      throw error(given, label + " must be a number above 0 and below 1");
    }
    return number.doubleValue();
  }

  /** Refuses a key that is not known. */
  void refuseUnknown(Located map, Set<String> known, String what) {
    map.entries()
        .forEach(
            (key, value) -> {
              if (!known.contains(key)) {
                throw error(
                    value,
                    "unknown key '"
                        + key
                        + "' in "
                        + what
                        + Nearest.hint(key, known)
                        + "; known: "
                        + String.join(", ", known));
              }
            });
  }

  /** An error with its place. */
  UniassException error(Located at, String message) {
    return new UniassException(source + ", " + at.where() + ": " + message);
  }
}
