package uniass.api.inspection;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import uniass.api.data.Pixels;

/**
 * An open model. Several threads may inspect at once; they share the weights, and none holds
 * another up for longer than one forward pass.
 */
@ProviderType
public interface Inspector extends AutoCloseable {

  /** What the model is. */
  ModelInfo model();

  /**
   * Inspects an image file, or a {@code .npy} file with the network's own input: float32 (3,H,W),
   * normalized, of the model's size.
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
   * Waits for the forward passes that are running, and frees the model. An inspection of many files
   * that goes on in another thread ends before its next batch, with an {@link
   * IllegalStateException}.
   */
  @Override
  void close();

  /** Takes results; called in one thread at a time. */
  interface Results {
    /** Takes one result; index is the file's place in the list. */
    void accept(int index, Prediction result);

    /** Is told of a file that cannot be read. */
    void failed(int index, Path file, String why);

    /** Whether to end before the next batch. */
    default boolean canceled() {
      return false;
    }
  }
}
