/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.UniassException;

class AtomicFileTest {

  /** A device that is always full. */
  private static final Path FULL_DISK = Path.of("/dev/full");

  private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void anOlderFile() throws IOException {
    file = Files.writeString(folder.resolve("model.safetensors"), "the old model");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void replacesTheOlderFile(boolean synced) throws IOException {
    AtomicFile.Content content = channel -> channel.write(ByteBuffer.wrap(NEW));
    if (synced) {
      AtomicFile.writeSynced(file, content);
    } else {
      AtomicFile.write(file, content);
    }
    assertEquals("new", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void keepsTheOlderFileWhenWritingFailsHalfWay() throws IOException {
    UniassException e =
        assertThrows(
            UniassException.class,
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.wrap(NEW));
                      throw new IOException("the disk was pulled out");
                    }));
    assertEquals(
        file + ": cannot be written: the disk was pulled out; the file of that name is as it was",
        e.getMessage());
    assertOldFileAlone();
  }

  @Test
  void keepsTheOlderFileWhenTheContentIsRefused() throws IOException {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            AtomicFile.write(
                file,
                channel -> {
                  channel.write(ByteBuffer.wrap(NEW));
                  throw new IllegalArgumentException();
                }));
    assertOldFileAlone();
  }

  private void assertOldFileAlone() throws IOException {
    assertEquals("the old model", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void keepsTheOlderFileWhenTheDiskIsFull() throws IOException {
    UniassException e =
        assertThrows(
            UniassException.class,
            () ->
                AtomicFile.write(
                    file,
                    channel -> channel.write(ByteBuffer.wrap(NEW)),
                    true,
                    any -> FileChannel.open(FULL_DISK, StandardOpenOption.WRITE)));
    assertEquals(
        file + ": cannot be written: No space left on device; the file of that name is as it was",
        e.getMessage());
    assertOldFileAlone();
  }

  @Test
  void writesThroughASymbolicLink() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("latest"), file);
    AtomicFile.write(link, NEW);
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceIsWrittenToAndNotReplaced() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("full"), FULL_DISK);
    UniassException e = assertThrows(UniassException.class, () -> AtomicFile.write(link, NEW));
    assertEquals(link + ": cannot be written: No space left on device", e.getMessage());
    assertTrue(!Files.isRegularFile(FULL_DISK) && Files.isSymbolicLink(link));
    AtomicFile.write(Path.of("/dev/null"), NEW);
    assertTrue(!Files.isRegularFile(Path.of("/dev/null")));
  }

  @Test
  void whatAnotherProcessLeftIsNotInTheWay() throws IOException {
    Files.createDirectories(folder.resolve(".model.safetensors.new/inside"));
    AtomicFile.write(file, NEW);
    assertEquals("new", Files.readString(file));
  }

  @Test
  void namesAFolderThatIsNotThereAndOneInItsPlace() throws IOException {
    Path lost = folder.resolve("nowhere/model.safetensors");
    UniassException e = assertThrows(UniassException.class, () -> AtomicFile.write(lost, NEW));
    assertEquals(lost + ": cannot be written: there is no such file or folder", e.getMessage());
    Path taken = Files.createDirectories(folder.resolve("taken/inside")).getParent();
    UniassException t = assertThrows(UniassException.class, () -> AtomicFile.write(taken, NEW));
    assertTrue(t.getMessage().startsWith(taken + ": cannot be written: "), t.getMessage());
    assertEquals(2, files().size(), "nothing is left behind");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.toList();
    }
  }
}
