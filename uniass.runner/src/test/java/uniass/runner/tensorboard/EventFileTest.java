package uniass.runner.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

  /**
   * What TensorBoard 2.21's own RecordWriter makes of three events at wall time 1.5: the file
   * version; step 3 with a session log that starts; step 300 with {@code loss} = 0.5.
   */
  private static final String TENSORBOARDS =
      "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c"
          + "0f000000000000006d532b0909000000000000f83f10033a020801ec8612fc"
          + "1b000000000000001a0d9e1309000000000000f83f10ac022a0d0a0b0a046c6f7373150000003f69f9315b";

  @TempDir Path folder;

  @Test
  void bytesAreThoseOfTensorBoardsOwnWriter() throws IOException {
    Clock clock = Clock.fixed(Instant.ofEpochMilli(1500), ZoneOffset.UTC);
    try (EventFile events = EventFile.create(folder, 3, clock)) {
      events.add(300, Map.of("loss", 0.5));
    }
    assertEquals(TENSORBOARDS, HexFormat.of().formatHex(Files.readAllBytes(files().get(0))));
  }

  @Test
  void aResumedRunBeginsAnotherFile() throws IOException {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(1), ZoneOffset.UTC);
    EventFile.create(folder, 0, clock).close();
    EventFile.create(folder, 5, clock).close();
    assertEquals(
        List.of("events.out.tfevents.0000000001.uniass", "events.out.tfevents.0000000002.uniass"),
        files().stream().map(f -> f.getFileName().toString()).toList());
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
