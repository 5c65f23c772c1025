/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;

/**
 * Takes the maps of a pipeline, follows its progress, and may stop it.
 *
 * @param <T> what images are
 */
@ConsumerType
@FunctionalInterface
public interface MapSink<T> {

  /** Takes an image's map. Called in the images' order, in one other thread. */
  void accept(T image, AnomalyMap map);

  /** Takes an image that cannot be read, in its place between the others; throws it by default. */
  default void failed(T image, UniassException failure) {
    throw failure;
  }

  /** Why to stop, if so; asked before each batch, in the thread that runs the pipeline. */
  default Optional<String> stopCause() {
    return Optional.empty();
  }

  /** Takes the number of images whose maps are computed; called after each batch, as above. */
  default void done(int images) {}
}
