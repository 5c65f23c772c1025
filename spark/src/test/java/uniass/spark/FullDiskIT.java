/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of one of two workers is full, or fills: what it cannot do is done by the other. */
class FullDiskIT {

  private static final Pattern REGISTERED = Pattern.compile("Registered executor");

  @TempDir Path folder;

  @Test
  void anExecutorThatCannotStart() throws Exception {
    goesOn((cluster, fill, sweep) -> {}, true);
  }

  @Test
  void anExecutorWhoseDiskFills() throws Exception {
    goesOn(
        (cluster, fill, sweep) -> {
          LocalCluster.await(
              () -> REGISTERED.matcher(cluster.log("sweep")).results().count() > 1, sweep);
          Files.createFile(fill);
        },
        false);
  }

  private interface Event {
    void happen(LocalCluster cluster, Path fill, Process sweep) throws IOException;
  }

  private void goesOn(Event event, boolean fullAtOnce) throws Exception {
    Process mounts = new ProcessBuilder("unshare", "-rm", "true").start();
    assumeTrue(mounts.waitFor() == 0, "no disk of its own can be mounted");
    TinyStudy study = new TinyStudy(folder);
    study.write(1);
    Path disk = Files.createDirectories(folder.resolve("disk"));
    Path fill = folder.resolve("disk.fill");
    if (fullAtOnce) {
      Files.createFile(fill);
    }
    try (LocalCluster cluster = new LocalCluster(folder)) {
      cluster.workerWithSmallDisk("small", disk);
      cluster.worker("roomy");
      Process sweep =
          cluster.submit(
              "sweep", "sweep", "gates.yaml", "--home", TinyStudy.HOME, "--out", "shared");
      event.happen(cluster, fill, sweep);
      assertEquals(0, sweep.waitFor(), () -> cluster.log("sweep"));
      String log = cluster.log("sweep");
      assertTrue(log.contains("base_seed-1  done"), log);
      assertTrue(log.contains("gated-cnn-identity_seed-1  done"), log);
      assertTrue(
          log.contains("is full (") || log.contains("No space left on device"),
          () -> "the full disk was never met\n" + log);
    }
  }
}
