package uniass.api.data;

/** Batches of one epoch or one evaluation, decoded ahead by other threads. */
public interface Feed extends AutoCloseable {

  /** Number of batches in all. */
  int batches();

  /**
   * Returns the next batch, or null after the last; waits if it is not decoded yet.
   *
   * @throws uniass.api.UniassException naming an image that cannot be read, unless such images are
   *     to be left out
   */
  Batch next();

  /** Ends the threads, also before the last batch. */
  @Override
  void close();
}
