/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs in one shell leave memory and threads as they found them. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks at /proc")
class RepeatedRunsIT {

  /**
   * The first runs leave the allocator with 30 to 60 MB once; from about the tenth on it is level.
   */
  private static final int WARM_UP = 16;

  private static final int RUNS = 10;

  /** Less than ten copies of the parameters; compiled code alone takes some of it. */
  private static final long ALLOWED_KILOBYTES = 40_000;

  /** Java's compiler threads come and go. */
  private static final int OTHER_THREADS = 2;

  /** What a run says last, it says before it has ended. */
  private static final int SECONDS_TO_END = 60;

  @TempDir Path folder;

  private int done;
  private int canceled;

  @Test
  void tenRunsAndTenCanceledOnesLeaveMemoryAndThreadsWhereTheyWere() throws Exception {
    TinyExperiment.write(folder, "mgg-cnn", 1);
    // a heap that is there from the start, so that what grows is not Java's
    Launched shell =
        Launched.start(
            folder,
            Map.of(
                "UNIASS_THREADS",
                "2",
                "UNIASS_JAVA_OPTS",
                "-Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
                    + " -Djava.io.tmpdir="
                    + folder.resolve("tmp")),
            "shell");
    train(shell, WARM_UP);
    leavesNothing(shell, "runs", () -> train(shell, RUNS));
    cancel(shell, 2);
    leavesNothing(shell, "canceled runs", () -> cancel(shell, RUNS));
    shell.type("exit");
    shell.exits(0);
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void leavesNothing(Launched shell, String what, Work work) throws Exception {
    long memory = status(shell, "RssAnon");
    long threads = status(shell, "Threads");
    work.run();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_END);
    long growth;
    long after;
    do {
      Thread.sleep(100);
      growth = status(shell, "RssAnon") - memory;
      after = status(shell, "Threads");
    } while ((growth >= ALLOWED_KILOBYTES || after > threads + OTHER_THREADS)
        && System.nanoTime() < end);
    System.out.printf(
        "%d %s: memory %d kB, then %+d kB; threads %d, then %d%n",
        RUNS, what, memory, growth, threads, after);
    assertTrue(growth < ALLOWED_KILOBYTES, what + ": memory grew by " + growth + " kB");
    assertTrue(
        after <= threads + OTHER_THREADS, what + ": threads: " + threads + ", then " + after);
  }

  private void train(Launched shell, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      shell.type("uniass:train tiny.yaml --force");
      shell.awaitText("selected: ", ++done);
    }
  }

  private void cancel(Launched shell, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      int epochs = 900_000 + ++canceled;
      shell.type(
          "uniass:train tiny.yaml --force --set name=long --set train.epochs=" + epochs + " &");
      shell.awaitText("epoch 1/" + epochs, 1);
      shell.type("uniass:cancel long-" + canceled);
      shell.awaitText("long-" + canceled + " stopped: canceled; checkpoint ", 1);
    }
  }

  private static long status(Launched process, String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
