package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs in one shell leave memory and threads as they found them. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks at /proc")
class RepeatedRunsTest {

  private static final int WARM_UP = 4;
  private static final int RUNS = 10;

  /** Less than ten copies of the parameters; compiled code alone takes some of it. */
  private static final long ALLOWED_KILOBYTES = 40_000;

  @TempDir Path folder;

  @Test
  void tenRunsLeaveMemoryAndThreadsWhereTheyWere() throws Exception {
    Path experiment = Launcher.experiment(folder, "epochs: 1, batch: 4, validate-every: 1");
    // A heap that is there from the start, so that what grows is not Java's.
    Process shell =
        Launcher.start(
            Map.of(
                "UNIASS_JAVA_OPTS",
                "-Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:+UseSerialGC -XX:TieredStopAtLevel=1"),
            "shell");
    try (Writer input = shell.outputWriter();
        BufferedReader output = shell.inputReader()) {
      train(input, output, experiment, WARM_UP);
      long memory = status(shell, "RssAnon");
      long threads = status(shell, "Threads");
      train(input, output, experiment, RUNS);
      long growth = status(shell, "RssAnon") - memory;
      long after = status(shell, "Threads");
      System.out.printf(
          "%d runs: memory %d kB, grown by %d kB; threads %d, then %d%n",
          RUNS, memory, growth, threads, after);
      assertTrue(growth < ALLOWED_KILOBYTES, "memory grew by " + growth + " kB");
      // Java's compiler threads come and go.
      assertTrue(after <= threads + 2, "threads: " + threads + ", then " + after);
    } finally {
      shell.destroy();
      shell.waitFor();
    }
  }

  private void train(Writer input, BufferedReader output, Path experiment, int times)
      throws IOException {
    for (int i = 0; i < times; i++) {
      input.write("uniass:train " + experiment + " --force --out " + folder.resolve("run") + "\n");
      input.flush();
      Launcher.await(output, line -> line.startsWith("selected: "));
    }
  }

  private static long status(Process process, String field) throws IOException {
    List<Long> values =
        Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
            .filter(line -> line.startsWith(field + ":"))
            .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .toList();
    assertEquals(1, values.size(), field);
    return values.get(0);
  }
}
