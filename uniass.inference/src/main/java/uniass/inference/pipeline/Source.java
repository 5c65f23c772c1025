/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.data.AnomalyMap;

/**
 * Where a pipeline's images come from.
 *
 * @param <T> what the images are to those who take their maps
 */
@ConsumerType
public interface Source<T> extends AutoCloseable {

  /** The next batch in the images' order, or null after the last. */
  Inputs<T> next();

  /** What an image is after its tiles were joined to this map. */
  default T joined(T image, AnomalyMap map) {
    return image;
  }

  @Override
  void close();
}
