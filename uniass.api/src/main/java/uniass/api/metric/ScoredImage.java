/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.metric;

import java.util.Optional;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.Mask;

/**
 * An image's anomaly map beside the ground truth.
 *
 * @param path path below the data set's root
 * @param category its category
 * @param defect its kind of defect
 * @param anomalous whether the image is anomalous
 * @param map finite scores
 * @param mask of the map's size; empty if nothing is known about the pixels
 */
public record ScoredImage(
    String path,
    String category,
    String defect,
    boolean anomalous,
    AnomalyMap map,
    Optional<Mask> mask) {

  /** A data set's image, labeled as the protocol has it. */
  public static ScoredImage of(
      Image image, EvaluationProtocol protocol, AnomalyMap map, Optional<Mask> mask) {
    boolean anomalous =
        mask.isEmpty() || protocol.labels() == EvaluationProtocol.Labels.IMAGE
            ? image.label() == Label.ANOMALOUS
            : mask.get().any();
    return new ScoredImage(image.path(), image.category(), image.defect(), anomalous, map, mask);
  }
}
