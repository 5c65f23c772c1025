/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;
import uniass.itest.Patience;

/** A process that runs the distribution's launcher script, as a user starts it. */
final class Launched {

  static final Path HOME = Path.of(System.getProperty("uniass.home")).toAbsolutePath().normalize();

  private final Process process;
  private final Path out;
  private final Path err;

  private Launched(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a command.
   *
   * @param folder the working directory, in which {@code plugins/}, {@code cache/} and {@code tmp/}
   *     are used, too
   * @param variables further environment
   */
  static Launched start(Path folder, Map<String, String> variables, String... words)
      throws IOException {
    return of(HOME, folder, variables, words);
  }

  /** Starts a command of a distribution. */
  static Launched of(Path home, Path folder, Map<String, String> variables, String... words)
      throws IOException {
    // Whoever runs the tests in the background has the interrupt ignored, and so would the child.
    List<String> line =
        new ArrayList<>(List.of("env", "--default-signal=INT", home.resolve("uniass").toString()));
    line.addAll(List.of(words));
    Map<String, String> all = new HashMap<>();
    all.put("UNIASS_PLUGINS", folder.resolve("plugins").toString());
    all.put("UNIASS_IMAGES", folder.resolve("cache").toString());
    all.put(
        "UNIASS_JAVA_OPTS",
        "-Xmx800m -Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    all.putAll(variables);
    return start(folder, line, all);
  }

  /** Starts any program. */
  static Launched start(Path folder, List<String> line, Map<String, String> variables)
      throws IOException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(variables);
    return new Launched(builder.start(), out, err);
  }

  /** Starts a command of the runnable jar, which nothing but Java starts. */
  static Launched jar(Path folder, Map<String, String> variables, Path temporary, String... words)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx800m", "-Djava.io.tmpdir=" + temporary, "-jar"));
    line.add(HOME.resolveSibling("app.jar").toString());
    line.addAll(List.of(words));
    return start(folder, line, variables);
  }

  /** Starts a command and waits for its end. */
  static Launched run(Path folder, String... words) throws IOException, InterruptedException {
    Launched launched = start(folder, Map.of(), words);
    launched.process.getOutputStream().close();
    launched.await();
    return launched;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Writes a line to the process's standard input. */
  void type(String line) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /** Says that nothing more will be typed. */
  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  long pid() {
    return process.pid();
  }

  /** Waits until words have come so many times on either stream. */
  void awaitText(String text, int times) throws Exception {
    Patience.await(
        "it says '" + text + "'",
        () -> {
          boolean alive = isAlive();
          String said = out() + err();
          boolean found = said.split(Pattern.quote(text), -1).length > times;
          assertTrue(found || alive, () -> "it ended and had not said '" + text + "': " + said);
          return found;
        });
  }

  /** Ends it without a chance to do anything more. */
  void kill() {
    process.destroyForcibly();
  }

  /** Ends it and all that it started. */
  void killAll() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    kill();
  }

  /** What Ctrl-C sends. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }

  int await() throws InterruptedException {
    if (!process.waitFor(Patience.SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionFailedError("still runs after " + Patience.SECONDS + " s: " + err());
    }
    return process.exitValue();
  }

  /** Insists on an exit code. */
  Launched exits(int code) throws InterruptedException {
    assertEquals(code, await(), () -> "standard error: " + err());
    return this;
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
