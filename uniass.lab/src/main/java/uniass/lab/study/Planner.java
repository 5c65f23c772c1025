/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import uniass.api.UniassException;
import uniass.inference.experiment.Differences;
import uniass.inference.experiment.ExperimentLibrary;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.Composer;
import uniass.lab.study.Study.Factor;
import uniass.lab.study.Study.Level;

/** Resolves a study's settings, and checks all of them before anything runs. */
public final class Planner {

  private static final Set<String> MAKES_THE_LOSS =
      Set.of(
          "dataset",
          "model.network",
          "model.backbone",
          "model.features",
          "model.loss",
          "train.select",
          "train.held-out",
          "calibrate.held-out");
  private static final String SET = "--set ";

  private final ExperimentLibrary library;
  private final Composer composer;

  /** Checks settings with these. */
  public Planner(ExperimentLibrary library, Composer composer) {
    this.library = library;
    this.composer = composer;
  }

  /**
   * A trial that is not frozen yet.
   *
   * @param name of its folder
   * @param experiment all its settings
   */
  public record PlannedTrial(String name, Variant variant, long seed, ExperimentSpec experiment) {}

  /**
   * The base experiment, as the study sets it.
   *
   * @param overrides settings that replace the study's
   */
  public ExperimentSpec base(Study study, List<String> overrides) {
    Path file = study.folder().resolve(study.base());
    boolean shipped = !Files.exists(file) && ExperimentLibrary.SHIPPED.contains(study.base());
    List<String> settings = new ArrayList<>(study.settings());
    settings.addAll(overrides);
    refuseReserved(study.source(), settings);
    try {
      return library.read(shipped ? study.base() : file.toString(), settings);
    } catch (UniassException e) {
      throw new UniassException(study.source() + ", base: " + e.getMessage(), e);
    }
  }

  /**
   * The trials of a study: for each seed, all variants.
   *
   * @param base all settings of the base experiment, as YAML
   * @throws UniassException with a line for each value that is wrong
   */
  public List<PlannedTrial> trials(Study study, String base) {
    refuseWrongValues(study, base);
    Map<String, Variant> variants = new LinkedHashMap<>(); // by settings: no training is done twice
    for (Variant variant : Designs.variants(study)) {
      ExperimentSpec spec = resolved(study, base, variant, List.of("name=x", "train.seed=1"));
      refuseUnbuildable(study, variant, spec);
      variants.putIfAbsent(spec.yaml(), variant);
    }
    List<PlannedTrial> trials = new ArrayList<>();
    for (long seed : study.seeds()) {
      for (Variant variant : variants.values()) {
        String name = variant.slug() + "_seed-" + seed;
        List<String> own = List.of("name=" + study.name() + "." + name, "train.seed=" + seed);
        trials.add(new PlannedTrial(name, variant, seed, resolved(study, base, variant, own)));
      }
    }
    study.stop().ifPresent(rule -> refuseUncomparable(study, rule, trials));
    return trials;
  }

  /** Refuses a rule that stops variants by losses that do not compare, or that never stops any. */
  private static void refuseUncomparable(Study study, StopRule rule, List<PlannedTrial> trials) {
    ExperimentSpec first = trials.get(0).experiment();
    for (PlannedTrial trial : trials) {
      Differences.between(first, trial.experiment(), MAKES_THE_LOSS).stream()
          .findFirst()
          .ifPresent(
              difference -> {
                throw new UniassException(
                    "%s, stop: variant %s changes what the held-out loss is made of (%s), so losses do not compare; leave 'stop' out, or that factor"
                        .formatted(study.source(), trial.variant().label(), difference));
              });
      int epochs = trial.experiment().train().epochs();
      if (rule.rounds(epochs).isEmpty()) {
        throw new UniassException(
            "%s, stop: of %d epochs none lies between 'after' and the end; raise train.epochs, or leave 'stop' out"
                .formatted(study.source(), epochs));
      }
    }
  }

  private void refuseWrongValues(Study study, String base) {
    List<String> wrong = new ArrayList<>();
    for (Factor factor : study.factors()) {
      for (Level level : factor.levels()) {
        String place = study.source() + ", " + level.where() + ": ";
        refuseReserved(study.source() + ", " + level.where(), level.settings());
        try {
          library.parse(study.source(), base, study.folder(), level.settings());
        } catch (UniassException e) {
          e.getMessage().lines().map(line -> place + line.replace(SET, "")).forEach(wrong::add);
        }
      }
    }
    if (!wrong.isEmpty()) {
      throw new UniassException(
          wrong.stream().distinct().collect(Collectors.joining(System.lineSeparator())));
    }
  }

  private static void refuseReserved(String place, List<String> settings) {
    for (String setting : settings) {
      String key = setting.substring(0, Math.max(0, setting.indexOf('=')));
      if (key.equals("train.seed") || key.equals("name")) {
        throw new UniassException(
            place
                + ": "
                + key
                + " is the study's own: "
                + (key.equals("name")
                    ? "trials are named by what they vary"
                    : "give 'seeds: [1, 2, 3]'"));
      }
    }
  }

  private ExperimentSpec resolved(Study study, String base, Variant variant, List<String> own) {
    List<String> settings = new ArrayList<>(variant.settings());
    settings.addAll(own);
    try {
      return library.parse(study.source(), base, study.folder(), settings);
    } catch (UniassException e) {
      throw new UniassException(
          study.source() + ", variant " + variant.label() + ": " + e.getMessage().replace(SET, ""),
          e);
    }
  }

  private void refuseUnbuildable(Study study, Variant variant, ExperimentSpec spec) {
    List<String> refusals = composer.refusals(spec);
    if (!refusals.isEmpty()) {
      throw new UniassException(
          study.source() + ", variant " + variant.label() + ": " + String.join("; ", refusals));
    }
  }
}
