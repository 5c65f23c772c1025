/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;
import uniass.api.Progress;

/** Draws a data set of things on a line, in the MVTec AD layout, with exact masks. */
@ProviderType
public interface SampleFactory {

  /**
   * Writes the data set. Equal options give equal bytes.
   *
   * @param out a folder that does not exist or is empty
   */
  void write(Path out, Options options, Progress progress);

  /**
   * What to draw.
   *
   * @param seed decides every image
   * @param train training images a category
   * @param test test images a category, normal and anomalous together
   * @param size height and width in pixels
   */
  record Options(long seed, int train, int test, int size) {}
}
