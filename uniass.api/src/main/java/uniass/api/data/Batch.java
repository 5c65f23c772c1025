/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Images ready for the network.
 *
 * @param images which they are
 * @param values (N,3,H,W), normalized, as float32 in the machine's byte order: a direct buffer from
 *     which a tensor is made without a copy; valid until the batch is closed
 * @param masks one per image, of (H,W); empty where unknown, and where masks were not asked for
 * @param painted twins of the first images with synthetic defects and their masks, if they were
 *     asked for; closed with this batch
 * @param recycle gives the buffer back
 */
public record Batch(
    List<Image> images,
    ByteBuffer values,
    List<Optional<Mask>> masks,
    Optional<Batch> painted,
    Runnable recycle)
    implements AutoCloseable {

  /** Without synthetic defects. */
  public Batch(
      List<Image> images, ByteBuffer values, List<Optional<Mask>> masks, Runnable recycle) {
    this(images, values, masks, Optional.empty(), recycle);
  }

  /** Number of images. */
  public int size() {
    return images.size();
  }

  @Override
  public void close() {
    painted.ifPresent(Batch::close);
    recycle.run();
  }
}
