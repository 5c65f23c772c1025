/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import java.util.List;
import java.util.stream.Collectors;
import uniass.api.UniassException;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.ImageScore;

/** The conventions known by name; CONVENTIONS.md gives the source of each. */
final class EvaluationProtocols {

  static final List<EvaluationProtocol> ALL =
      List.of(
          EvaluationProtocol.UNIASS,
          new EvaluationProtocol(
              "ader",
              0,
              EvaluationProtocol.Sizes.MASK_TO_MAP_SMOOTH,
              EvaluationProtocol.Labels.MASK,
              ImageScore.MAX,
              EvaluationProtocol.DiceThreshold.F1_MAX),
          new EvaluationProtocol(
              "anomalib",
              0,
              EvaluationProtocol.Sizes.MASK_TO_MAP,
              EvaluationProtocol.Labels.IMAGE,
              ImageScore.MAX,
              EvaluationProtocol.DiceThreshold.F1_MAX),
          new EvaluationProtocol(
              "mvtec",
              0,
              EvaluationProtocol.Sizes.MAP_TO_MASK,
              EvaluationProtocol.Labels.MASK,
              ImageScore.MAX,
              EvaluationProtocol.DiceThreshold.F1_MAX));

  private EvaluationProtocols() {}

  static EvaluationProtocol named(String name) {
    return ALL.stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UniassException(
                    "no rule set '"
                        + name
                        + "'; there are: "
                        + ALL.stream()
                            .map(EvaluationProtocol::name)
                            .collect(Collectors.joining(", "))));
  }
}
