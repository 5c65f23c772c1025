/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of one of two workers is full, or fills: what it cannot do is done by the other. */
class FullDiskIT {

  @TempDir Path folder;

  @Test
  void anExecutorThatCannotStart() throws Exception {
    goesOn("", "No space left on device");
  }

  @Test
  void anExecutorWhoseDiskFillsWhenUniassStarts() throws Exception {
    goesOn("uniass-spark*", "UniAS does not start: the disk of ");
  }

  private void goesOn(String sign, String said) throws Exception {
    Process mounts = new ProcessBuilder("unshare", "-rm", "true").start();
    assumeTrue(mounts.waitFor() == 0, "no disk of its own can be mounted");
    TinyStudy study = new TinyStudy(folder);
    study.write(1);
    Path disk = Files.createDirectories(folder.resolve("disk"));
    try (LocalCluster cluster = new LocalCluster(folder)) {
      cluster.workerWithSmallDisk("small", disk, sign);
      cluster.worker("roomy");
      String[] words = {"sweep", "gates.yaml", "--home", TinyStudy.HOME, "--out", "shared"};
      Process sweep = cluster.submit("sweep", words);
      assertEquals(0, sweep.waitFor(), () -> cluster.log("sweep"));
      String log = cluster.log("sweep");
      assertTrue(log.contains("base_seed-1  done"), log);
      assertTrue(log.contains("gated-cnn-identity_seed-1  done"), log);
      assertTrue(log.contains(said), () -> "the full disk was never met\n" + log);
    }
  }
}
