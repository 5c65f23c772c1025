package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** {@code ./uniass} as its users start it: a process of its own with the built distribution. */
final class Launcher {

  private static final long PATIENCE_SECONDS = 300;

  /** The code does not compile to the utmost: these processes are over in seconds. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "UNIASS_NO_BUILD",
          "1",
          "UNIASS_THREADS",
          "2",
          "UNIASS_JAVA_OPTS",
          "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

  private Launcher() {}

  /** Starts a command whose output and errors come in one stream. */
  static Process start(Map<String, String> variables, String... words) throws IOException {
    Path script = Path.of(System.getProperty("uniass.launcher")).toRealPath();
    // Whoever runs the tests in the background has the interrupt ignored, and so would the child.
    List<String> command =
        new ArrayList<>(List.of("env", "--default-signal=INT", script.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(VARIABLES);
    builder.environment().putAll(variables);
    return builder.start();
  }

  /** Runs a command that must succeed. */
  static String done(String... words) throws IOException, InterruptedException {
    Process process = start(Map.of(), words);
    String output = rest(process);
    assertEquals(0, exitCode(process), output);
    return output;
  }

  /** All that is still to come from a process. */
  static String rest(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  static int exitCode(Process process) throws InterruptedException {
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it ends");
    return process.exitValue();
  }

  /** Reads on to a line, and insists on it. */
  static String await(BufferedReader output, Predicate<String> wanted) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (wanted.test(line)) {
        return line;
      }
      seen.append(line).append('\n');
    }
    throw new AssertionError("it ended before that line; it said: " + seen);
  }

  /** Draws a data set of ten-odd small pictures, and writes an experiment over it. */
  static Path experiment(Path folder, String train) throws IOException, InterruptedException {
    Path pictures = folder.resolve("pictures");
    done("sample", "--out", pictures.toString(), "--train", "4", "--test", "5", "--size", "64");
    Path file = folder.resolve("tiny.yaml");
    Files.writeString(
        file,
        """
        name: tiny
        dataset: { reader: mvtec-ad, root: %s, image-size: 64, categories: [cap, wood], augment: { hflip: [wood] } }
        model:
          backbone: efficientnet-lite0
          hidden: 32
          attention: { name: spatial-channel, neighbour-mask: 1, heads: 4, ffn: 32 }
          pixel-decoder: { name: transformer-fpn, heads: 4, ffn: 32, layers: 1 }
        train: { %s }
        """
            .formatted(pictures, train));
    return file;
  }
}
