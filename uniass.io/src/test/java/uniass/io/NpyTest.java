/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;

/** Files that NumPy 2.4 wrote, good and bad. */
class NpyTest {

  @TempDir static Path folder;

  @BeforeAll
  static void unpack() throws IOException {
    try (InputStream in = NpyTest.class.getResourceAsStream("/numpy-files.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        Files.write(folder.resolve(e.getName()), zip.readAllBytes());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "version2", "version3"})
  void readsWhatNumpyWrites(String name) {
    AnomalyMap map = Npy.read(folder.resolve(name + ".npy"));
    assertEquals(3, map.height());
    assertEquals(5, map.width());
    assertArrayEquals(ramp(), map.values());
  }

  @Test
  void readsPlanes() throws IOException {
    byte[] plain = Files.readAllBytes(folder.resolve("plain.npy"));
    String text = new String(plain, StandardCharsets.ISO_8859_1);
    Path planes = folder.resolve("planes.npy");
    String deeper = text.replace("(3, 5), }   ", "(3, 1, 5), }");
    assertEquals(text.length(), deeper.length());
    Files.write(planes, deeper.getBytes(StandardCharsets.ISO_8859_1));
    Npy.FloatPlanes read = Npy.readPlanes(planes);
    assertEquals(3, read.channels());
    assertEquals(1, read.height());
    assertEquals(5, read.width());
    assertArrayEquals(ramp(), read.values());
    Path map = folder.resolve("plain.npy");
    UniassException refused = assertThrows(UniassException.class, () -> Npy.readPlanes(map));
    assertTrue(refused.getMessage().contains("C x H x W"), refused.getMessage());
  }

  @Test
  void writesTheSameBytes() throws IOException {
    Path written = folder.resolve("deep/er/own.npy");
    Npy.write(written, new AnomalyMap(3, 5, ramp()));
    assertArrayEquals(Files.readAllBytes(folder.resolve("plain.npy")), Files.readAllBytes(written));
    float[] quarter = new float[1080 * 3];
    Arrays.fill(quarter, 0.25f);
    Npy.write(written, new AnomalyMap(1080, 3, quarter));
    assertArrayEquals(Files.readAllBytes(folder.resolve("large.npy")), Files.readAllBytes(written));
  }

  @ParameterizedTest
  @CsvSource({
    "float64,'<f8'",
    "float16,'<f2'",
    "bigendian,'>f4'",
    "uint8,'|u1'",
    "record,float32",
    "fortran,column-major",
    "cube,H x W",
    "line,H x W",
    "scalar,H x W",
    "empty,shape (0, 5)",
    "truncated,13 of 15 values",
    "truncated-header,truncated",
    "truncated-magic,truncated",
    "nothing,truncated",
    "text,not a .npy file",
    "damaged,damaged",
    "version9,format 9",
    "absent,no map"
  })
  void refusesOthersInOneLine(String name, String expected) {
    Path file = folder.resolve(name + ".npy");
    String message = assertThrows(UniassException.class, () -> Npy.read(file)).getMessage();
    assertTrue(message.contains(expected.replace("'", "")), message);
    assertTrue(message.contains(file.toString()), message);
    assertFalse(message.contains("\n"), message);
  }

  private static float[] ramp() {
    float[] values = new float[15];
    for (int i = 0; i < 15; i++) {
      values[i] = i / 8f - 1;
    }
    return values;
  }
}
