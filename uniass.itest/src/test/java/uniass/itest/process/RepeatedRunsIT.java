package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
    void run() throws IOException, InterruptedException;
  }

  private static void leavesNothing(Launched shell, String what, Work work)
      throws IOException, InterruptedException {
    long memory = status(shell, "RssAnon");
    long threads = status(shell, "Threads");
    work.run();
    long growth = status(shell, "RssAnon") - memory;
    long after = status(shell, "Threads");
    System.out.printf(
        "%d %s: memory %d kB, then %+d kB; threads %d, then %d%n",
        RUNS, what, memory, growth, threads, after);
    assertTrue(growth < ALLOWED_KILOBYTES, what + ": memory grew by " + growth + " kB");
    // Java's compiler threads come and go
    assertTrue(after <= threads + 2, what + ": threads: " + threads + ", then " + after);
  }

  private void train(Launched shell, int times) throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      shell.type("uniass:train tiny.yaml --force");
      shell.awaitText("selected: ", ++done);
    }
  }

  private void cancel(Launched shell, int times) throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      shell.type("uniass:train tiny.yaml --force --set name=long --set train.epochs=100000 &");
      shell.awaitText("epoch 1/100000", ++canceled);
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
