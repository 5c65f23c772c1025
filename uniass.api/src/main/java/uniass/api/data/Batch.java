package uniass.api.data;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * Images ready for the network.
 *
 * @param images what they are
 * @param values (N,3,H,W), normalized; a direct buffer that is valid until the batch is closed
 * @param masks one an image, H x W, row-major, 1 where anomalous; null where unknown, or where
 *     masks were not asked for
 * @param recycle gives the buffer back
 */
public record Batch(List<Image> images, FloatBuffer values, List<byte[]> masks, Runnable recycle)
    implements AutoCloseable {

  /** Number of images. */
  public int size() {
    return images.size();
  }

  @Override
  public void close() {
    recycle.run();
  }
}
