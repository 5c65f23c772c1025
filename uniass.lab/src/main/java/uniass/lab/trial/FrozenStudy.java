/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uniass.api.UniassException;
import uniass.inference.plugin.Nearest;
import uniass.lab.study.StopRule;

/**
 * {@code study.json}: all that decides the results of a study.
 *
 * @param format version of the file's format
 * @param study the study's name
 * @param version of the product that trains
 * @param base all settings of the base experiment, as YAML
 * @param overrides settings that the command line gave
 * @param baselines what else is compared
 * @param plugins the bytes of the plug-ins that trials use
 * @param trials in the order in which they run
 * @param stop the rule that stops variants early, or null; {@link #rule} has it
 */
public record FrozenStudy(
    int format,
    String study,
    String version,
    String base,
    List<String> overrides,
    List<String> baselines,
    List<FrozenPlugin> plugins,
    List<FrozenTrial> trials,
    StopRule stop) {

  /** The version that this release writes. */
  public static final int FORMAT = 1;

  /**
   * A plug-in.
   *
   * @param plugin type and name: {@code gated-cnn sigmoid-gate}
   * @param bundle that brings it, with its version
   * @param sha256 of the bundle's content
   */
  public record FrozenPlugin(String plugin, String bundle, String sha256) {}

  /**
   * A trial.
   *
   * @param name of the trial and its folder
   * @param variant what differs from the base
   * @param factors the value's label by the factor's key
   * @param seed of the training
   * @param epochs of its whole training
   * @param experiment all settings as YAML
   */
  public record FrozenTrial(
      String name,
      String variant,
      Map<String, String> factors,
      long seed,
      int epochs,
      String experiment) {}

  /** The rule that stops variants early, if the study has one. */
  public Optional<StopRule> rule() {
    return Optional.ofNullable(stop);
  }

  /** The trial of a name. */
  public FrozenTrial trial(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new UniassException(
                    "no trial '"
                        + name
                        + "' in study "
                        + study
                        + Nearest.hint(name, trials.stream().map(FrozenTrial::name).toList())
                        + "; --list shows them"));
  }

  /** The trial of a name, if there is one. */
  public Optional<FrozenTrial> find(String name) {
    return trials.stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /** The same with more trials and what these need. */
  public FrozenStudy with(List<FrozenTrial> more, List<FrozenPlugin> theirs) {
    List<FrozenTrial> all = new ArrayList<>(trials);
    all.addAll(more);
    Map<String, FrozenPlugin> known = new TreeMap<>();
    theirs.forEach(p -> known.put(p.plugin(), p));
    plugins.forEach(p -> known.put(p.plugin(), p)); // those that were frozen first stay
    return new FrozenStudy(
        format, study, version, base, overrides, baselines, List.copyOf(known.values()), all, stop);
  }
}
