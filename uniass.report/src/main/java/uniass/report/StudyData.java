/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Image;
import uniass.api.data.Mask;
import uniass.api.data.Pixels;
import uniass.api.network.NetworkCost;

/**
 * All that the page of a study shows.
 *
 * @param title the study's name
 * @param effects per metric, then per variant; the base first
 * @param costs per variant
 * @param categories the columns of {@code byCategory}
 * @param byCategory mean differences to the base: per metric, then per variant, one per category;
 *     NaN where there is none
 * @param curves mean loss after each epoch, per variant
 * @param looks test images under several variants
 * @param notes lines that a reader should know
 */
public record StudyData(
    String title,
    List<Effect> effects,
    List<Cost> costs,
    List<String> categories,
    Map<String, Map<String, double[]>> byCategory,
    Map<String, double[]> curves,
    List<Look> looks,
    List<String> notes) {

  /** Copies the collections, keeping their order. */
  public StudyData {
    effects = List.copyOf(effects);
    costs = List.copyOf(costs);
    categories = List.copyOf(categories);
    byCategory = new LinkedHashMap<>(byCategory);
    curves = new LinkedHashMap<>(curves);
    looks = List.copyOf(looks);
    notes = List.copyOf(notes);
  }

  /**
   * A metric of a variant; NaN for what is not defined, such as the difference of the base.
   *
   * @param mean over categories and seeds
   * @param spread standard deviation over the seeds
   * @param difference to the base
   * @param low lower end of its 95 % interval
   * @param high upper end
   * @param p corrected for the number of comparisons
   * @param verdict in words
   */
  public record Effect(
      String variant,
      String metric,
      double mean,
      double spread,
      double difference,
      double low,
      double high,
      double p,
      String verdict) {}

  /**
   * What a variant costs; NaN for what is not known.
   *
   * @param network what its model costs on any machine
   * @param minutes of one training
   * @param milliseconds per image
   * @param mebibytes largest resident memory
   */
  public record Cost(
      String variant,
      Optional<NetworkCost> network,
      double minutes,
      double milliseconds,
      double mebibytes) {}

  /**
   * A test image under several variants.
   *
   * @param pixels the image at the maps' size
   * @param mask the ground truth, of that size; empty where unknown
   * @param maps by variant
   */
  public record Look(
      Image image, Pixels pixels, Optional<Mask> mask, Map<String, AnomalyMap> maps) {

    /** Copies the map, keeping its order. */
    public Look {
      maps = new LinkedHashMap<>(maps);
    }
  }
}
