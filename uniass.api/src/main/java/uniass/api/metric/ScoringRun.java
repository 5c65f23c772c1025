package uniass.api.metric;

import org.osgi.annotation.versioning.ProviderType;

/** Takes scored pictures, in any order, and computes all figures at the end. Not thread-safe. */
@ProviderType
public interface ScoringRun extends AutoCloseable {

  /**
   * Adds a picture; its arrays are not kept.
   *
   * @throws uniass.api.UniassException naming the picture if its map is not finite, map, mask and
   *     size do not fit, the mask is not binary, or the picture was not announced or came before
   */
  void add(ScoredPicture picture);

  /**
   * Computes all figures.
   *
   * @throws uniass.api.UniassException naming the first announced picture that did not come
   */
  Scores result();

  /** Frees memory and scratch files. */
  @Override
  void close();
}
