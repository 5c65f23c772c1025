package uniass.api.metric;

/** Takes the scored pictures of one group, one by one. */
public interface MetricAccumulator extends AutoCloseable {

  /** Adds a picture; its arrays must not be kept. */
  void add(ScoredPicture picture);

  /** Computes the figure over all pictures added. */
  MetricValue result();

  /** Frees memory and scratch files. */
  @Override
  default void close() {}
}
