/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import uniass.inference.experiment.Located;
import uniass.inference.experiment.YamlSource;
import uniass.inference.plugin.Nearest;
import uniass.lab.study.Study.Design;

/** Turns YAML into a study, or into one message that says what is wrong with it. */
final class StudyReader {

  private static final Set<String> KEYS =
      new java.util.LinkedHashSet<>(
          List.of(
              "study",
              "base",
              "settings",
              "factors",
              "design",
              "seeds",
              "metrics",
              "baselines",
              "stop"));

  private static final String HELD_OUT_LOSS = "held-out-loss";
  private static final String STOP = "{ after: 0.3, keep: 0.5, by: " + HELD_OUT_LOSS + " }";
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

  private final String source;
  private final Located root;
  private final Path folder;
  private final Checks checks;

  private StudyReader(String source, Located root, Path folder) {
    this.source = source;
    this.root = root;
    this.folder = folder;
    this.checks = new Checks(source);
  }

  /**
   * Reads a study.
   *
   * @param source the file's name
   * @param folder what file names in it are relative to
   */
  static Study read(String source, String text, Path folder) {
    return new StudyReader(source, YamlSource.read(source, text, List.of()), folder).study();
  }

  private Study study() {
    checks.refuseUnknown(root, KEYS, "a study");
    Located base = required("base", "the experiment that is varied: 'base: bottles.yaml'");
    List<String> settings =
        new ArrayList<>(checks.settings(root.entries().get("settings"), "settings"));
    if (root.entries().containsKey("metrics")) {
      Located metrics = root.entries().get("metrics");
      settings.add("evaluate.metrics=" + Checks.yaml(metrics));
    }
    return new Study(
        source,
        name(),
        folder,
        base.raw(),
        settings,
        new FactorReader(checks).read(root.entries().get("factors")),
        design(),
        seeds(),
        baselines(),
        stop());
  }

  private String name() {
    Located given = root.entries().get("study");
    String file = String.valueOf(Path.of(source).getFileName()).replaceFirst("\\.ya?ml$", "");
    String name = given == null || given.value() == null ? file : given.raw();
    if (!name.matches(NAME)) {
      throw checks.error(
          given == null ? root : given,
          "study must be letters, digits, dots, dashes, because it names a folder, not '"
              + name
              + "'");
    }
    return name;
  }

  private Design design() {
    Located given = root.entries().get("design");
    List<String> kinds = Stream.of(Design.Kind.values()).map(Design.Kind::key).toList();
    if (given == null || given.value() == null) {
      return new Design(Design.Kind.ONE_AT_A_TIME, 0, 0);
    }
    if (given.isMap()) {
      Located random = given.entries().get(Design.Kind.RANDOM.key());
      if (given.entries().size() != 1 || random == null || !random.isMap()) {
        throw checks.error(
            given,
            "design must be "
                + String.join(", ", kinds.subList(0, 3))
                + " or '{ random: { trials: 20, seed: 1 } }'");
      }
      checks.refuseUnknown(random, Set.of("trials", "seed"), "design.random");
      Located trials = random.entries().getOrDefault("trials", random);
      Located seed = random.entries().get("seed");
      return new Design(
          Design.Kind.RANDOM,
          (int) checks.whole(trials, "design.random.trials", 1, 10_000),
          seed == null
              ? 1
              : checks.whole(seed, "design.random.seed", Long.MIN_VALUE, Long.MAX_VALUE));
    }
    Optional<Design.Kind> kind =
        Stream.of(Design.Kind.values()).filter(k -> k.key().equals(given.raw())).findFirst();
    if (kind.isEmpty() || kind.get() == Design.Kind.RANDOM) {
      throw checks.error(
          given,
          "design: "
              + (kind.isPresent()
                  ? "random needs '{ random: { trials: 20, seed: 1 } }'"
                  : "no '"
                      + given.raw()
                      + "'"
                      + Nearest.hint(given.raw(), kinds)
                      + "; there are: "
                      + String.join(", ", kinds)));
    }
    return new Design(kind.get(), 0, 0);
  }

  private List<Long> seeds() {
    Located given = root.entries().get("seeds");
    if (given == null || given.value() == null) {
      return List.of(1L, 2L, 3L);
    }
    List<Long> seeds = new ArrayList<>();
    for (Located seed : given.isList() ? given.items() : List.of(given)) {
      seeds.add(checks.whole(seed, "seeds", Long.MIN_VALUE, Long.MAX_VALUE));
    }
    if (seeds.isEmpty() || new HashSet<>(seeds).size() < seeds.size()) {
      throw checks.error(given, "seeds must be whole numbers, at least one, none of them twice");
    }
    return seeds;
  }

  private List<String> baselines() {
    List<String> known = List.of(Study.UNTRAINED, Study.MEAN_IMAGE, Study.MEMORY_BANK);
    Located given = root.entries().get("baselines");
    if (given == null || given.value() == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (Located name : given.isList() ? given.items() : List.of(given)) {
      if (!known.contains(name.raw())) {
        throw checks.error(
            name,
            "baselines: no '"
                + name.raw()
                + "'"
                + Nearest.hint(name.raw(), known)
                + "; there are: "
                + String.join(", ", known));
      }
      names.add(name.raw());
    }
    return names;
  }

  private Optional<StopRule> stop() {
    Located given = root.entries().get("stop");
    if (given == null || given.value() == null) {
      return Optional.empty();
    }
    if (!given.isMap()) {
      throw checks.error(given, "stop must be a map: '" + STOP + "'");
    }
    checks.refuseUnknown(given, Set.of("after", "keep", "by"), "stop");
    Located by = given.entries().get("by");
    if (by != null && !by.raw().equals(HELD_OUT_LOSS)) {
      throw checks.error(
          by, "stop.by: only " + HELD_OUT_LOSS + ": nothing may be chosen on test images");
    }
    return Optional.of(
        new StopRule(
            checks.share(given.entries().getOrDefault("after", given), "stop.after"),
            checks.share(given.entries().getOrDefault("keep", given), "stop.keep")));
  }

  private Located required(String key, String what) {
    Located given = root.entries().get(key);
    if (given == null || given.raw().isBlank()) {
      throw checks.error(given == null ? root : given, key + " is missing: give " + what);
    }
    return given;
  }
}
