/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import uniass.api.UniassException;
import uniass.io.AtomicFile;

/** A run's folder for spilled data, made when first needed. */
public final class Scratch implements AutoCloseable {

  private final Path parent;
  private Path folder;

  public Scratch(Path parent) {
    this.parent = parent;
  }

  public synchronized Path folder() {
    if (folder == null) {
      try {
        Files.createDirectories(parent);
        folder = Files.createTempDirectory(parent, "uniass-scores");
      } catch (IOException e) {
        throw new UniassException(
            "cannot make a scratch folder in "
                + parent
                + ": "
                + AtomicFile.reason(e)
                + "; name another or let it have more memory (score: --scratch, --memory;"
                + " elsewhere: UNIASS_JAVA_OPTS=-Djava.io.tmpdir=FOLDER, UNIASS_HEAP)",
            e);
      }
    }
    return folder;
  }

  @Override
  public synchronized void close() {
    if (folder == null) {
      return;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      List<Path> files = inside.toList();
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UniassException("cannot clear " + folder + ": " + e.getMessage(), e);
    }
    folder = null;
  }
}
