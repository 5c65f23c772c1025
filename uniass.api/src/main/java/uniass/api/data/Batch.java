package uniass.api.data;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * Pictures ready for the network.
 *
 * @param pictures what they are
 * @param images (N,3,H,W), normalised; a direct buffer that is valid until the batch is closed
 * @param masks one a picture, H x W, row-major, 1 where anomalous; null where unknown, or where
 *     masks were not asked for
 * @param recycle gives the buffer back
 */
public record Batch(
    List<Picture> pictures, FloatBuffer images, List<byte[]> masks, Runnable recycle)
    implements AutoCloseable {

  /** Number of pictures. */
  public int size() {
    return pictures.size();
  }

  @Override
  public void close() {
    recycle.run();
  }
}
