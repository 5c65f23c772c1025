/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import uniass.api.data.AnomalyMap;

/**
 * What a result was found in.
 *
 * @param name what the image was called
 * @param image its file
 * @param map its anomaly map
 */
public record Seen(String name, byte[] image, AnomalyMap map) {

  /** Bytes of memory that it takes. */
  long size() {
    return image.length + (long) Float.BYTES * map.values().length;
  }
}
