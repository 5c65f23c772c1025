/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import java.util.Optional;
import java.util.OptionalDouble;
import uniass.api.data.AnomalyMap;
import uniass.api.data.ImageFormat;
import uniass.api.data.Images;
import uniass.api.inspection.Prediction.Verdict;
import uniass.gateway.Evidence;

/** Evidence that was kept. */
final class StoredEvidence implements Evidence {

  private final Images images;
  private final String name;
  private final byte[] image;
  private final AnomalyMap map;
  private final OptionalDouble threshold;
  private final boolean anomalous;

  StoredEvidence(Images images, EvidenceStore.Kept kept) {
    this.images = images;
    this.name = kept.seen().name();
    this.image = kept.seen().image();
    this.map = kept.seen().map();
    this.threshold = kept.result().threshold();
    this.anomalous = kept.result().verdict() == Verdict.ANOMALOUS;
  }

  @Override
  public byte[] image() {
    return image;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public AnomalyMap map() {
    return map;
  }

  @Override
  public byte[] heatMap() {
    return Renderings.heatMap(map, threshold);
  }

  @Override
  public Optional<byte[]> mask() {
    return threshold.isPresent()
        ? Optional.of(
            Renderings.mask(map, anomalous ? threshold.getAsDouble() : Double.POSITIVE_INFINITY))
        : Optional.empty();
  }

  @Override
  public byte[] overlay() {
    // The size is only what the format wants: nothing is resized.
    return Renderings.overlay(images.decode(name, image, ImageFormat.of(1, 1)), map, threshold);
  }
}
