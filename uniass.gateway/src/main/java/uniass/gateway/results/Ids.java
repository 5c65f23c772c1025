/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.io.Outputs;

/**
 * Ids of results: the time in milliseconds and, for those of one millisecond, a number. Each is
 * larger than all before, even if the clock is set back. With a file, that holds for the ids of
 * earlier processes, too: it names an id that none of them has reached.
 */
final class Ids {

  private static final Logger LOG = LoggerFactory.getLogger(Ids.class);

  private static final int PER_MILLISECOND = 4096;

  /** A minute of ids, so that the file is rarely written. */
  private static final long RESERVE = 60_000L * PER_MILLISECOND;

  private final Path file;
  private long last;
  private long reserved;

  Ids(Optional<Path> file) {
    this.file = file.orElse(null);
    if (this.file != null && Files.exists(this.file)) {
      try {
        last = Long.parseLong(Files.readString(this.file).strip(), 16);
      } catch (IOException | NumberFormatException e) {
        LOG.warn("{} cannot be read; ids begin with the clock", this.file);
      }
    }
    reserved = last;
  }

  String next() {
    last = Math.max(last + 1, System.currentTimeMillis() * PER_MILLISECOND);
    if (file != null && last >= reserved) {
      reserved = last + RESERVE;
      try {
        Outputs.write(file, text(reserved).getBytes(StandardCharsets.US_ASCII));
      } catch (RuntimeException e) {
        LOG.warn("{}", e.getMessage());
      }
    }
    return text(last);
  }

  private static String text(long id) {
    return "%016x".formatted(id);
  }
}
