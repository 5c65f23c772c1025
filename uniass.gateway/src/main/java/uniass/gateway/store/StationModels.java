/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which models a station uses, and used.
 *
 * @param configured checksum of the model that its configuration names; with another one the
 *     configuration decides anew
 * @param file what its configuration says, so that the store can stand in for a file that is gone
 * @param active reference of the model in use
 * @param previous references of those before, the last one at the end
 * @param shadow reference of the model that sees the same images; empty if none does
 * @param thresholds found at the line, by the model's reference, the one in use at the end
 */
public record StationModels(
    String configured,
    String file,
    String active,
    List<String> previous,
    String shadow,
    Map<String, List<ThresholdVersion>> thresholds) {

  private static final int MOST_PREVIOUS = 50;

  /** Copies the collections. */
  public StationModels {
    file = file == null ? "" : file; // a store of an earlier version
    previous = List.copyOf(previous);
    thresholds = Map.copyOf(thresholds);
  }

  StationModels named(String other) {
    return new StationModels(configured, other, active, previous, shadow, thresholds);
  }

  StationModels activate(String reference) {
    List<String> before = new ArrayList<>(previous);
    if (!active.equals(reference)) {
      before.add(active);
    }
    List<String> last = before.subList(Math.max(0, before.size() - MOST_PREVIOUS), before.size());
    String other = shadow.equals(reference) ? "" : shadow;
    return new StationModels(configured, file, reference, last, other, thresholds);
  }

  StationModels backTo(String reference) {
    int at = previous.lastIndexOf(reference);
    return new StationModels(
        configured, file, reference, previous.subList(0, Math.max(0, at)), shadow, thresholds);
  }

  StationModels withShadow(String reference) {
    return new StationModels(configured, file, active, previous, reference, thresholds);
  }

  StationModels withThresholds(String reference, List<ThresholdVersion> versions) {
    Map<String, List<ThresholdVersion>> all = new TreeMap<>(thresholds);
    all.put(reference, List.copyOf(versions));
    return new StationModels(configured, file, active, previous, shadow, all);
  }

  /** The threshold that was found at the line for a model; empty if its own is in use. */
  public Optional<ThresholdVersion> threshold(String reference) {
    List<ThresholdVersion> versions = thresholds.getOrDefault(reference, List.of());
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
  }
}
