/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import java.util.Optional;
import java.util.function.Function;

/** The way to the engine for programs without OSGi: embedding, tools and unit tests. */
public final class Engines {

  private Engines() {}

  /**
   * Loads PyTorch's native libraries, once per process, and returns what the OSGi service {@link
   * EngineReady} is. Settings are system properties: {@code uniass.native.cache}, the folder that
   * the libraries are unpacked to (default: {@code libraries} of {@link CacheFolders}), {@code
   * uniass.native.verify}, {@code true} to compare their checksums, and {@code uniass.threads}, the
   * number of threads of one operation (default and maximum: the processors that the process may
   * use); {@code uniass.torch}, an installed PyTorch that is used instead of the libraries that
   * travel with the product (its folder, the one above, or a Python environment), and {@code
   * uniass.gpu}, {@code true} to insist on a GPU, for which an installed PyTorch is looked for if
   * none is named.
   *
   * @throws IllegalStateException in one clear line if the libraries are missing or do not load
   */
  public static EngineReady load() {
    return load(System::getProperty);
  }

  /**
   * Loads the engine with settings from elsewhere. They count only the first time.
   *
   * @param settings returns a setting's value by its name, or null
   * @see #load()
   */
  public static EngineReady load(Function<String, String> settings) {
    return PyTorch.load(settings);
  }

  /**
   * Why the libraries did not load when that was last tried, in the line that {@link #load} threw;
   * empty if they did, or if nobody has tried. If {@link EngineReady} does not appear in a
   * framework, this says why.
   */
  public static Optional<String> failure() {
    return PyTorch.failure();
  }
}
