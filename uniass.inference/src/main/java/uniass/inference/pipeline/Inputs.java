/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import uniass.api.UniassException;
import uniass.api.data.Tile;

/**
 * A batch of what a network takes.
 *
 * @param <T> what images are to those who take their maps
 * @param inputs one per place in the batch, and between them the images that cannot be read
 * @param values (N,3,H,W), normalized, float32 in the machine's byte order, a direct buffer; N
 *     leaves out the images that cannot be read
 * @param recycle gives the buffer back
 */
public record Inputs<T>(List<Input<T>> inputs, ByteBuffer values, Runnable recycle)
    implements AutoCloseable {

  /** Number of images, or tiles, that the network is to look at. */
  int size() {
    return (int) inputs.stream().filter(input -> input.failure().isEmpty()).count();
  }

  /** Number of images that are done with this batch: of tiles, those whose last one is in it. */
  int finished() {
    return (int)
        inputs.stream().filter(input -> input.tile().map(Tile::isLast).orElse(true)).count();
  }

  @Override
  public void close() {
    recycle.run();
  }

  /**
   * An image, or a part of one.
   *
   * @param <T> what images are to those who take their maps
   * @param image which image it is; equal for all its tiles
   * @param tile the part of it; empty for the whole
   * @param failure why it cannot be read, if that is so
   */
  public record Input<T>(T image, Optional<Tile> tile, Optional<UniassException> failure) {

    static <T> Input<T> of(T image, Optional<Tile> tile) {
      return new Input<>(image, tile, Optional.empty());
    }

    static <T> Input<T> unreadable(T image, UniassException failure) {
      return new Input<>(image, Optional.empty(), Optional.of(failure));
    }
  }
}
