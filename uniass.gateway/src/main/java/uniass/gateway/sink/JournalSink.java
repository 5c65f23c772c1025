/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.sink;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import uniass.gateway.Evidence;
import uniass.gateway.InspectionResult;
import uniass.gateway.VerdictSink;
import uniass.io.Outputs;

/**
 * Appends results to {@code results.jsonl}. A full file is renamed to {@code results-ID.jsonl},
 * after its last result, and the oldest ones are deleted. A line that a crash cut off is removed
 * when the journal goes on, and the result that it belonged to is written again.
 */
@Component(
    service = VerdictSink.class,
    configurationPid = "uniass.sink.journal",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = JournalConfig.class, factory = true)
public final class JournalSink implements VerdictSink {

  private static final String CURRENT = "results.jsonl";

  private final Path folder;
  private final long mostBytes;
  private final int mostFiles;
  private boolean checked;

  /** Creates the component. */
  @Activate
  public JournalSink(JournalConfig config) {
    folder = Path.of(config.folder());
    mostBytes = (long) config.megabytes() << 20;
    mostFiles = config.files();
  }

  @Override
  public void deliver(InspectionResult result, Optional<Evidence> evidence) throws IOException {
    Outputs.makeFolder(folder);
    Path file = folder.resolve(CURRENT);
    if (!checked) {
      removeCutLine(file);
      checked = true;
    }
    byte[] line = (result.json() + "\n").getBytes(StandardCharsets.UTF_8);
    long size;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long start = channel.size();
      try {
        ByteBuffer buffer = ByteBuffer.wrap(line);
        for (long at = start; buffer.hasRemaining(); ) {
          at += channel.write(buffer, at);
        }
      } catch (IOException e) {
        channel.truncate(start); // a full disk leaves no half a line
        throw e;
      }
      size = channel.size();
    }
    if (size >= mostBytes) {
      Files.move(file, folder.resolve("results-" + result.id() + ".jsonl"));
      deleteOldest();
    }
  }

  private static void removeCutLine(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "rw")) {
      long end = journal.length();
      while (end > 0) {
        journal.seek(end - 1);
        if (journal.read() == '\n') {
          break;
        }
        end--;
      }
      journal.setLength(end);
    }
  }

  private void deleteOldest() throws IOException {
    List<Path> older = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "results-*.jsonl")) {
      all.forEach(older::add);
    }
    Collections.sort(older);
    for (Path file : older.subList(0, Math.max(0, older.size() - mostFiles))) {
      Files.delete(file);
    }
  }
}
