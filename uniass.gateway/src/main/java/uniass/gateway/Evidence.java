/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import uniass.api.data.AnomalyMap;

/** What a result was found in. Images are rendered when they are asked for. */
@ProviderType
public interface Evidence {

  /** The image's file, as it came. */
  byte[] image();

  /** What the image was called when it came. */
  String name();

  /** The anomaly map: of the model's size, or of the image's own if it was cut into tiles. */
  AnomalyMap map();

  /** The map in colors, as PNG: black at 0, brightest at twice the threshold. */
  byte[] heatMap();

  /** The anomalous pixels, white on black, as PNG; empty if the model has no threshold. */
  Optional<byte[]> mask();

  /** The image, at most 1024 pixels wide and high, with the heat map over it, as PNG. */
  byte[] overlay();
}
