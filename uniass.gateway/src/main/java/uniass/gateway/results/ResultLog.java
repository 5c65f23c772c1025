/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.gateway.InspectionResult;
import uniass.gateway.Results.Feedback;
import uniass.io.AtomicFile;
import uniass.io.Outputs;

/**
 * The last results and what people said of them, in {@code results.jsonl}: lines are appended; when
 * the file is twice as long as it must be, it is written anew. A line that a crash cut off belongs
 * to a result that nobody was told of. A full disk is said, and inspection goes on. Not
 * thread-safe, but for {@link #sync}.
 */
final class ResultLog {

  private static final Logger LOG = LoggerFactory.getLogger(ResultLog.class);

  private final Path file;
  private volatile FileChannel channel;
  private int lines;
  private String failure = "";

  ResultLog(Path file) {
    this.file = file;
  }

  /** Hands over what an earlier process wrote, in its order. */
  void replay(Consumer<InspectionResult> results, BiConsumer<String, Feedback> feedback) {
    if (!Files.exists(file)) {
      return;
    }
    int damaged = 0;
    try {
      for (String line : Files.readString(file).split("\n")) {
        try {
          JsonObject json = JsonParser.parseString(line).getAsJsonObject();
          JsonElement said = json.get("feedback");
          if (said == null) {
            results.accept(InspectionResult.of(line));
          } else {
            feedback.accept(
                json.get("id").getAsString(),
                Feedback.valueOf(said.getAsString().toUpperCase(Locale.ROOT)));
          }
        } catch (RuntimeException e) {
          damaged += line.isBlank() ? 0 : 1;
        }
      }
    } catch (IOException e) {
      LOG.error("{}: earlier results cannot be read: {}", file, Outputs.reason(e));
    }
    if (damaged > 1) {
      LOG.warn("{}: {} lines are damaged and left out", file, damaged);
    }
  }

  void add(InspectionResult result) {
    append(result.json());
  }

  /** Adds what a person said, and has it on the disk before it returns. */
  void add(String id, Feedback said) {
    append(line(id, said));
    sync();
  }

  private static String line(String id, Feedback said) {
    JsonObject json = new JsonObject();
    json.addProperty("id", id);
    json.addProperty("feedback", said.name().toLowerCase(Locale.ROOT));
    return json.toString();
  }

  private void append(String line) {
    try {
      if (channel == null) {
        channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
      }
      long start = channel.size();
      try {
        write(channel, line);
      } catch (IOException e) {
        channel.truncate(start); // a full disk leaves no half a line
        throw e;
      }
      lines++;
      if (!failure.isEmpty()) {
        LOG.info("{}: results are written again", file);
      }
      failure = "";
    } catch (IOException e) {
      if (failure.isEmpty()) {
        LOG.error(
            "{}: results are not written, and will not survive a restart: {}",
            file,
            Outputs.reason(e));
      }
      failure = Outputs.reason(e);
    }
  }

  private static void write(FileChannel to, String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  /** Has all of it on the disk. */
  void sync() {
    FileChannel now = channel;
    try {
      if (now != null) {
        now.force(false);
      }
    } catch (IOException e) {
      LOG.debug("not synced", e);
    }
  }

  /** Number of lines since the file was written anew. */
  int lines() {
    return lines;
  }

  /** Writes the file anew. */
  void rewrite(List<InspectionResult> results, Map<String, Feedback> feedback) {
    close();
    try {
      AtomicFile.writeSynced(
          file,
          to -> {
            for (InspectionResult result : results) {
              write(to, result.json());
            }
            for (Map.Entry<String, Feedback> said : feedback.entrySet()) {
              write(to, line(said.getKey(), said.getValue()));
            }
          });
    } catch (uniass.api.UniassException e) {
      LOG.warn("{}", e.getMessage());
    }
    lines = 0;
  }

  /** Why results are not written; empty if they are. */
  Optional<String> failure() {
    return failure.isEmpty() ? Optional.empty() : Optional.of(file + ": " + failure);
  }

  void close() {
    try {
      if (channel != null) {
        channel.force(true);
        channel.close();
      }
    } catch (IOException e) {
      LOG.debug("not closed", e);
    }
    channel = null;
  }
}
