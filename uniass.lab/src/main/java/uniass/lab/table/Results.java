/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import uniass.lab.trial.FrozenStudy;
import uniass.lab.trial.FrozenStudy.FrozenTrial;
import uniass.lab.trial.Stops;
import uniass.lab.trial.StudyFolder;
import uniass.lab.trial.TrialCost;
import uniass.lab.trial.TrialResult;

/** The results of the trials that are done. */
public final class Results {

  /** Stands for a category where only the mean over them is known. */
  static final String MEAN = "mean";

  private final FrozenStudy study;
  private final Stops stops;
  private final List<Done> done = new ArrayList<>();

  /** Reads the results in a study's folder. */
  public Results(StudyFolder folder, FrozenStudy study) {
    this.study = study;
    this.stops = new Stops(folder, study);
    for (FrozenTrial trial : study.trials()) {
      folder
          .trial(trial.name())
          .result()
          .ifPresent(
              result -> done.add(new Done(trial, result, folder.trial(trial.name()).cost())));
    }
  }

  /**
   * A trial with what it found.
   *
   * @param cost empty if its note is lost
   */
  public record Done(FrozenTrial trial, TrialResult result, Optional<TrialCost> cost) {}

  /** The study. */
  public FrozenStudy study() {
    return study;
  }

  /** The trials that are done, in the study's order. */
  public List<Done> done() {
    return done;
  }

  /** Which trials the study's rule stopped. */
  Stops stops() {
    return stops;
  }

  /** The variants that have a result, the base first if it has one. */
  public List<String> variants() {
    Set<String> names = new LinkedHashSet<>();
    done.forEach(d -> names.add(d.trial().variant()));
    return List.copyOf(names);
  }

  /** The baselines that have a result. */
  public List<String> baselines() {
    Set<String> names = new LinkedHashSet<>();
    done.forEach(d -> names.addAll(d.result().baselines().keySet()));
    return List.copyOf(names);
  }

  /** The metrics, in the order in which experiments name them. */
  public List<String> metrics() {
    Set<String> names = new LinkedHashSet<>();
    done.forEach(d -> d.result().categories().values().forEach(row -> names.addAll(row.keySet())));
    return List.copyOf(names);
  }

  /** The categories, sorted. */
  public List<String> categories() {
    Set<String> names = new TreeSet<>();
    done.forEach(d -> names.addAll(d.result().categories().keySet()));
    return List.copyOf(names);
  }

  /** The values of a metric: per seed, per category; NaN where there is none. */
  Map<Long, double[]> values(String variant, String metric) {
    List<String> categories = categories();
    Map<Long, double[]> values = new LinkedHashMap<>();
    for (Done trial : done) {
      if (trial.trial().variant().equals(variant)) {
        values.put(
            trial.trial().seed(),
            categories.stream()
                .mapToDouble(
                    c ->
                        trial
                            .result()
                            .categories()
                            .getOrDefault(c, Map.of())
                            .getOrDefault(metric, Double.NaN))
                .toArray());
      }
    }
    return values;
  }

  /** A baseline's means over the categories: per seed, one value. */
  Map<Long, double[]> baseline(String name, String metric) {
    Map<Long, double[]> values = new LinkedHashMap<>();
    for (Done trial : done) {
      Double value = trial.result().baselines().getOrDefault(name, Map.of()).get(metric);
      if (value != null) {
        values.put(trial.trial().seed(), new double[] {value});
      }
    }
    return values;
  }
}
