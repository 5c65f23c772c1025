package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, and the signal with which systems end services. */
class InterruptedRunTest {

  private static final Pattern CHECKPOINT = Pattern.compile("checkpoint (\\S+\\.safetensors)");

  @TempDir Path folder;

  @Test
  void aRunEndsAtItsNextBatchWithACheckpointThatResumes() throws Exception {
    Path experiment = Launcher.experiment(folder, "epochs: 1000, batch: 2, validate-every: 0");
    Path out = folder.resolve("run");
    String first = interrupted("INT", 130, experiment, out);
    String second = interrupted("TERM", 143, experiment, out);
    assertTrue(second.compareTo(first) > 0, second + " is later than " + first);
  }

  /** Starts or resumes the run, ends it by a signal, and returns the checkpoint it names. */
  private static String interrupted(String signal, int code, Path experiment, Path out)
      throws Exception {
    Process process =
        Launcher.start(
            Map.of(), "train", experiment.toString(), "--out", out.toString(), "--resume");
    BufferedReader output = process.inputReader();
    Launcher.await(output, line -> line.contains("epoch "));
    Thread.sleep(300);
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    String said = output.lines().collect(Collectors.joining("\n"));
    assertEquals(code, Launcher.exitCode(process), said);
    assertTrue(said.contains("Stopping at the next batch"), said);
    Matcher checkpoint = CHECKPOINT.matcher(said);
    assertTrue(checkpoint.find() && said.contains("--resume"), said);
    Path file = Path.of(checkpoint.group(1));
    assertTrue(Files.size(file) > 0, said);
    return file.getFileName().toString();
  }
}
