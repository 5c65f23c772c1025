package uniass.model.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.UniassException;

class AtomicFileTest {

  private static final Path FULL_DISK = Path.of("/dev/full");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void anOlderFile() throws IOException {
    file = Files.writeString(folder.resolve("model.safetensors"), "the old model");
  }

  @Test
  void replacesTheOlderFile() throws IOException {
    new AtomicFile().write(file, channel -> channel.write(ByteBuffer.wrap("new".getBytes())));
    assertEquals("new", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void keepsTheOlderFileWhenWritingFailsHalfWay() throws IOException {
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                new AtomicFile()
                    .write(
                        file,
                        channel -> {
                          channel.write(ByteBuffer.wrap("half a mod".getBytes()));
                          throw new IOException("the disk was pulled out");
                        }));
    assertEquals("the disk was pulled out", e.getMessage());
    assertEquals("the old model", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void keepsTheOlderFileWhenTheDiskIsFull() throws IOException {
    assumeTrue(Files.exists(FULL_DISK), "needs a device that is always full");
    CheckpointFiles files =
        new CheckpointFiles(
            new AtomicFile(any -> FileChannel.open(FULL_DISK, StandardOpenOption.WRITE)));
    UniassException e =
        assertThrows(
            UniassException.class,
            () -> files.write(file, Map.of("a", TestTensors.floats(new long[] {1}, 1)), Map.of()));
    assertEquals(
        file + ": cannot be written: No space left on device; the file of that name is as it was",
        e.getMessage());
    assertEquals("the old model", Files.readString(file));
  }

  @Test
  void keepsTheOlderFileWhenATensorContradictsItsShape() throws IOException {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new CheckpointFiles()
                .write(file, Map.of("a", TestTensors.floats(new long[] {7}, 1)), Map.of()));
    assertEquals("the old model", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void writesThroughASymbolicLink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("latest"), file);
    new AtomicFile().write(link, channel -> channel.write(ByteBuffer.wrap("new".getBytes())));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
  }

  @Test
  void namesAFolderThatIsNotThere() {
    Path lost = folder.resolve("nowhere/model.safetensors");
    UniassException e =
        assertThrows(
            UniassException.class, () -> new CheckpointFiles().write(lost, Map.of(), Map.of()));
    assertEquals(lost + ": cannot be written: there is no such file or folder", e.getMessage());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.toList();
    }
  }
}
