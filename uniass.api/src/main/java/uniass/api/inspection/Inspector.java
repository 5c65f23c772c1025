/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.inspection;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Pixels;

/**
 * An open model. Several threads may inspect at once; they share the weights, and none delays
 * another for longer than one forward pass.
 *
 * <pre>{@code
 * Prediction prediction = inspector.inspect(Path.of("image.png"));
 * if (prediction.verdict() == Prediction.Verdict.ANOMALOUS) {
 *   prediction.mask().ifPresent(mask -> show(mask));
 * }
 * }</pre>
 *
 * <p>As a service, which a factory configuration {@code uniass.inspector} publishes, it has the
 * properties {@link #MODEL} and, if configured, {@link #CATEGORY}; whoever gets the service does
 * not close it.
 */
@ProviderType
public interface Inspector extends AutoCloseable {

  /** Service property: the name of the experiment that trained the model. */
  String MODEL = "uniass.model";

  /** Service property: the category whose threshold decides. */
  String CATEGORY = "uniass.category";

  /** What the model is. */
  ModelInfo model();

  /** What the model says of its thresholds and of the images that they were found from. */
  ModelCalibration calibration();

  /**
   * Computes the maps of reference images that the model carries, and compares them with those that
   * were recorded when it was trained: finds a damaged model, and an engine or a processor that
   * computes something else.
   *
   * @return empty if the model carries no reference images
   */
  Optional<SelfTest> selfTest();

  /**
   * Inspects an image file, or a {@code .npy} file with the network's own input: float32 (3,H,W),
   * normalized, of the model's size.
   *
   * @throws UnreadableImageException if the file cannot be read
   */
  Prediction inspect(Path file);

  /** Inspects a decoded image of any size; the name comes back in the result. */
  Prediction inspect(String name, Pixels pixels);

  /**
   * Inspects image files in batches, decoding ahead, and hands over each result in the files' order
   * as soon as it is there. A file that cannot be read is reported and left out.
   *
   * @return number of files that were inspected
   */
  int inspect(List<Path> files, Results results);

  /**
   * Decodes an image file that is in memory, for {@link #maps}.
   *
   * @param name what errors call it
   * @throws uniass.api.UniassException if it is not an image, or too large
   */
  PreparedImage prepare(String name, byte[] file);

  /**
   * Computes the anomaly maps of several images at once, in their order: for callers that collect
   * images from many places and decide by thresholds of their own, see {@link #score} and {@link
   * ModelInfo#thresholds}.
   *
   * @param images of this model's {@link #prepare}
   */
  List<AnomalyMap> maps(List<PreparedImage> images);

  /** The score of an image by its map, as the model's thresholds want it. */
  double score(AnomalyMap map);

  /**
   * Waits for the forward passes that are running, and frees the model. An inspection of many files
   * in another thread ends before its next batch, with an {@link IllegalStateException}.
   */
  @Override
  void close();

  /** Takes results; called in one thread at a time. */
  @ConsumerType
  interface Results {
    /** Takes one result; index is the file's place in the list. */
    void accept(int index, Prediction result);

    /** Takes the failure of a file that cannot be read; index is its place in the list. */
    void failed(int index, UnreadableImageException failure);

    /** Whether to end before the next batch. */
    default boolean canceled() {
      return false;
    }
  }
}
