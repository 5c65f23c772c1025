/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uniass.io.Outputs;

/** What a credentials file says. Messages have line numbers, never a secret. */
final class Credentials {

  private static final Set<String> KEYS = Set.of("user", "password", "identity");

  private final Map<String, String> values = new HashMap<>();

  /** Reads a file; an empty name is one that says nothing. */
  Credentials(String file) throws IOException {
    List<String> lines = file.isEmpty() ? List.of() : lines(Path.of(file));
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("\\s+", 2);
      if (words.length != 2 || !KEYS.contains(words[0])) {
        throw new IOException(
            "%s:%d: lines are 'user NAME', 'password SECRET' and 'identity SECRET'"
                .formatted(file, i + 1));
      }
      values.put(words[0], words[1]);
    }
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read: " + Outputs.reason(e), e);
    }
  }

  /** A line's value. */
  Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }
}
