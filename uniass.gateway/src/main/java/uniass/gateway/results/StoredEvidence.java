/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import java.util.Optional;
import java.util.OptionalDouble;
import uniass.api.data.AnomalyMap;
import uniass.api.data.ImageFormat;
import uniass.api.data.Images;
import uniass.gateway.Evidence;

/** Evidence in memory. */
final class StoredEvidence implements Evidence {

  private final Images images;
  private final String name;
  private final byte[] image;
  private final AnomalyMap map;
  private final OptionalDouble threshold;

  StoredEvidence(
      Images images, String name, byte[] image, AnomalyMap map, OptionalDouble threshold) {
    this.images = images;
    this.name = name;
    this.image = image;
    this.map = map;
    this.threshold = threshold;
  }

  /** Bytes of memory that it takes. */
  long size() {
    return image.length + (long) Float.BYTES * map.values().length;
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
        ? Optional.of(Renderings.mask(map, threshold.getAsDouble()))
        : Optional.empty();
  }

  @Override
  public byte[] overlay() {
    // The size is only what the format wants: nothing is resized.
    return Renderings.overlay(images.decode(name, image, ImageFormat.of(1, 1)), map, threshold);
  }
}
