/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.table;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import uniass.api.network.NetworkCost;
import uniass.lab.table.Results.Done;
import uniass.lab.trial.TrialCost;

/**
 * What a variant costs; NaN for what is not known.
 *
 * @param network what its model costs on any machine; empty if no trial is done
 * @param trainingMinutes mean over the seeds
 * @param millisecondsPerImage mean over the seeds
 * @param peakMebibytes largest over the seeds
 * @param machine device, processor and threads; several if the seeds ran on several machines
 */
public record Costs(
    Optional<NetworkCost> network,
    double trainingMinutes,
    double millisecondsPerImage,
    double peakMebibytes,
    String machine) {

  private static final double MINUTE = 60;

  /** Seeds differ only if a network grows with its data. */
  private static final Comparator<NetworkCost> BY_SIZE =
      Comparator.comparingLong(NetworkCost::parameters);

  /** The costs of a variant. */
  public static Costs of(Results results, String variant) {
    List<Done> own =
        results.done().stream().filter(d -> d.trial().variant().equals(variant)).toList();
    List<TrialCost> costs = own.stream().flatMap(d -> d.cost().stream()).toList();
    return new Costs(
        own.stream().map(d -> d.result().network()).max(BY_SIZE),
        mean(costs, TrialCost::trainingSeconds) / MINUTE,
        mean(costs, TrialCost::millisecondsPerImage),
        costs.stream().mapToDouble(TrialCost::peakMebibytes).max().orElse(Double.NaN),
        costs.stream()
            .map(c -> "%s, %s, %d threads".formatted(c.device(), c.processor(), c.threads()))
            .distinct()
            .collect(Collectors.joining("; ")));
  }

  private static double mean(List<TrialCost> costs, ToDoubleFunction<TrialCost> value) {
    OptionalDouble mean = costs.stream().mapToDouble(value).filter(v -> v > 0).average();
    return mean.orElse(Double.NaN);
  }
}
