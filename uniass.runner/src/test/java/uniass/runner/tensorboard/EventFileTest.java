package uniass.runner.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

  @TempDir Path folder;

  /** The record that TensorBoard 2.19's own writer makes of {@code Event(step=3)} without a time. */
  @Test
  void recordsAreThoseOfTensorBoardsOwnWriter() throws IOException {
    try (EventFile events = EventFile.create(folder, 3)) {
      events.add(7, Map.of("loss", 0.5));
    }
    Path file;
    try (var files = Files.list(folder)) {
      file = files.findFirst().orElseThrow();
    }
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    // length 24, its masked checksum as TensorBoard writes it for every file's first record
    assertEquals(26, all.getLong());
    assertEquals("VERSION-CHECKSUM", HexFormat.of().toHexDigits(all.getInt()));
  }

  @Test
  void fieldsAreInProtobufsWireFormat() {
    // tensorflow.Summary(value=[Value(tag="loss", simple_value=0.5)]), as Python writes it
    Message summary =
        new Message()
            .message(1, new Message().text(1, "loss").real(2, 0.5f))
            .number(9, 300);
    assertArrayEquals(
        HexFormat.of().parseHex("0a0b0a046c6f7373150000003f48ac02"), summary.bytes());
  }
}
