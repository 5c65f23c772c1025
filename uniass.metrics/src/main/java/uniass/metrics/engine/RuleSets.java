package uniass.metrics.engine;

import java.util.List;
import java.util.stream.Collectors;
import uniass.api.UniassException;
import uniass.api.metric.ImageScore;
import uniass.api.metric.RuleSet;

/** The conventions known by name; CONVENTIONS.md gives the source of each. */
final class RuleSets {

  static final List<RuleSet> ALL =
      List.of(
          RuleSet.UNIASS,
          new RuleSet(
              "ader",
              0,
              RuleSet.Sizes.MASK_TO_MAP_SMOOTH,
              RuleSet.Labels.MASK,
              ImageScore.MAX,
              RuleSet.Dice.F1_MAX),
          new RuleSet(
              "anomalib",
              0,
              RuleSet.Sizes.MASK_TO_MAP,
              RuleSet.Labels.IMAGE,
              ImageScore.MAX,
              RuleSet.Dice.F1_MAX),
          new RuleSet(
              "mvtec",
              0,
              RuleSet.Sizes.MAP_TO_MASK,
              RuleSet.Labels.MASK,
              ImageScore.MAX,
              RuleSet.Dice.F1_MAX));

  private RuleSets() {}

  static RuleSet named(String name) {
    return ALL.stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UniassException(
                    "no rule set '"
                        + name
                        + "'; there are: "
                        + ALL.stream().map(RuleSet::name).collect(Collectors.joining(", "))));
  }
}
