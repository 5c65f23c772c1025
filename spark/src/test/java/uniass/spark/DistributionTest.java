/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine with another product or other plug-ins than the driver's takes no part. */
class DistributionTest {

  @TempDir Path folder;

  @Test
  void oneOtherByteIsRefused() throws IOException {
    Path jar = Files.createDirectories(folder.resolve("app/jar")).resolve("uniass.model-1.0.0.jar");
    Files.writeString(jar, "as on the driver");
    Distribution driver = Distribution.read(folder, "");
    driver.refuseOther(Distribution.read(folder, ""));
    Files.writeString(jar, "as on the driver?");
    Distribution other = Distribution.read(folder, "");
    String message =
        assertThrows(IllegalStateException.class, () -> driver.refuseOther(other)).getMessage();
    assertTrue(message.startsWith("another UniAS or other plug-ins in " + folder), message);
  }

  @Test
  void aMachineWithoutUniassSaysSo() {
    String message =
        assertThrows(IllegalStateException.class, () -> Distribution.read(folder, ""))
            .getMessage();
    assertEquals(
        "no UniAS in " + folder + " on this machine; install the same there on all of them (--home)",
        message);
  }
}
