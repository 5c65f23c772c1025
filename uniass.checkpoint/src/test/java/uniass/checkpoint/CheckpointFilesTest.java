/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.UniassException;
import uniass.api.checkpoint.TensorData;

/** What happens to model files that cannot be written. */
class CheckpointFilesTest {

  @TempDir Path folder;

  private final CheckpointFiles files = new CheckpointFiles();

  private static Map<String, TensorData> oneValue(long... shape) {
    return Map.of("a", TestTensors.floats(shape, 1));
  }

  @Test
  void theOlderFileStaysWhenATensorContradictsItsShape() throws IOException {
    Path file = Files.writeString(folder.resolve("model.safetensors"), "the old model");
    assertThrows(IllegalArgumentException.class, () -> files.write(file, oneValue(7), Map.of()));
    assertEquals("the old model", Files.readString(file));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNamed() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Files.createSymbolicLink(file, Path.of("/dev/full"));
    assertEquals(file + ": cannot be written: No space left on device", refusal(file));
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path lost = folder.resolve("nowhere/model.safetensors");
    assertEquals(lost + ": cannot be written: there is no such file or folder", refusal(lost));
  }

  private String refusal(Path file) {
    return assertThrows(UniassException.class, () -> files.write(file, oneValue(1), Map.of()))
        .getMessage();
  }
}
