/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import uniass.api.UniassException;
import uniass.api.inspection.Prediction.Verdict;

/** A station's configuration, checked. */
record StationSettings(
    String name,
    String model,
    Optional<String> category,
    String device,
    int queue,
    int deadlineMillis,
    boolean dropsOldest,
    Keep keep) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Of which results image and map are kept. */
  enum Keep {
    ALL,
    ANOMALOUS,
    NONE;

    boolean keeps(Verdict verdict) {
      return this == ALL || this == ANOMALOUS && verdict == Verdict.ANOMALOUS;
    }
  }

  static StationSettings of(StationConfig config) {
    return new StationSettings(
        name(config.name()),
        model(config.model()),
        config.category().isBlank() ? Optional.empty() : Optional.of(config.category()),
        config.device(),
        within("queue", config.queue(), 10_000),
        within("deadline", config.deadline(), 3_600_000),
        choice("overload", config.overload(), List.of("refuse", "drop-oldest")) == 1,
        Keep.values()[
            choice(
                "keep",
                config.keep(),
                Arrays.stream(Keep.values())
                    .map(keep -> keep.name().toLowerCase(Locale.ROOT))
                    .toList())]);
  }

  /** Of a station that is only shown, with the reason why it does not inspect. */
  static StationSettings unusable(String name) {
    return new StationSettings(name, "", Optional.empty(), "auto", 1, 1, false, Keep.NONE);
  }

  private static String name(String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new UniassException(
          "name: '%s'; a station's name has letters, digits, '-', '_' and '.', at most 64"
              .formatted(name));
    }
    return name;
  }

  private static String model(String model) {
    if (model == null || model.isBlank()) {
      throw new UniassException("'model' is missing: give a model file");
    }
    return model;
  }

  private static int within(String key, int value, int most) {
    if (value < 1 || value > most) {
      throw new UniassException("%s: %d; it goes from 1 to %d".formatted(key, value, most));
    }
    return value;
  }

  private static int choice(String key, String value, List<String> choices) {
    int index = choices.indexOf(value);
    if (index < 0) {
      throw new UniassException(
          "%s: '%s'; choices: %s".formatted(key, value, String.join(", ", choices)));
    }
    return index;
  }
}
