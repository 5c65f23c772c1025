/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.gateway.InspectionResult;
import uniass.io.AtomicFile;
import uniass.io.Outputs;

/**
 * Results that wait for a sink, the oldest first: in memory, or with a folder one file each, so
 * that they survive the end of the process.
 */
final class Spool {

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private static final String ENDING = ".json";

  private final Path folder;

  /** Results by id; null if they are on the disk. */
  private final Map<String, InspectionResult> waiting = new LinkedHashMap<>();

  /**
   * Opens a spool and finds what an earlier process left in it.
   *
   * @param folder where results lie; empty to keep them in memory
   */
  Spool(Optional<Path> folder) {
    this.folder = folder.orElse(null);
    if (this.folder != null) {
      Outputs.makeFolder(this.folder);
      Outputs.sweep(this.folder, "");
      left(this.folder).forEach(id -> waiting.put(id, null));
    }
  }

  private static List<String> left(Path folder) {
    List<String> ids = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        ids.add(name.substring(0, name.length() - ENDING.length()));
      }
    } catch (IOException e) {
      throw new UniassException(folder + ": cannot be read: " + Outputs.reason(e), e);
    }
    Collections.sort(ids);
    return ids;
  }

  int size() {
    return waiting.size();
  }

  /** Adds a result; on a disk that is full, it stays in memory. */
  void add(InspectionResult result) {
    InspectionResult inMemory = result;
    if (folder != null) {
      try {
        byte[] json = result.json().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(
            file(result.id()),
            channel -> {
              for (ByteBuffer buffer = ByteBuffer.wrap(json); buffer.hasRemaining(); ) {
                channel.write(buffer);
              }
            });
        inMemory = null;
      } catch (UniassException e) {
        LOG.warn("A result waits in memory alone: {}", e.getMessage());
      }
    }
    waiting.put(result.id(), inMemory);
  }

  /** The oldest result; empty if none waits. */
  Optional<InspectionResult> first() {
    while (!waiting.isEmpty()) {
      Map.Entry<String, InspectionResult> first = waiting.entrySet().iterator().next();
      if (first.getValue() != null) {
        return Optional.of(first.getValue());
      }
      try {
        return Optional.of(InspectionResult.of(Files.readString(file(first.getKey()))));
      } catch (IOException | JsonParseException | IllegalStateException e) {
        LOG.warn("A result that waited is damaged and left out: {}", file(first.getKey()));
        remove(first.getKey());
      }
    }
    return Optional.empty();
  }

  void removeFirst() {
    remove(waiting.keySet().iterator().next());
  }

  void remove(String id) {
    waiting.remove(id);
    if (folder != null) {
      Outputs.deleteQuietly(file(id));
    }
  }

  private Path file(String id) {
    return folder.resolve(id + ENDING);
  }
}
