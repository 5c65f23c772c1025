/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uniass.itest.Patience;

/** Where a reader of a page sits: a folder with the product, some images, and a command line. */
final class Desk implements AutoCloseable {

  private static final Path HOME =
      Path.of(System.getProperty("uniass.home")).toAbsolutePath().normalize();

  private static final Pattern LISTENING = Pattern.compile("listening on http://([^/]+)/uniass/");

  private final Path folder;
  private final Map<String, String> replaced;
  private final List<Process> servers = new ArrayList<>();
  private String address = "127.0.0.1:8080";

  /**
   * Makes it.
   *
   * @param replaced words of a page, and what stands for them here: folders and sizes
   */
  Desk(Path folder, Map<String, String> replaced) throws IOException {
    this.folder = folder;
    this.replaced = replaced;
    executable("uniass", "exec '" + HOME.resolve("uniass") + "' \"$@\"");
    executable(
        "bin/mvn",
        "exec '%s' -B -q -ntp -Dmaven.repo.local='%s' \"$@\""
            .formatted(
                System.getProperty("maven.executable"), System.getProperty("maven.repository")));
  }

  private void executable(String name, String line) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  /** Writes a file that a page shows. */
  void write(String name, CodeBlock block) throws IOException {
    Files.writeString(folder.resolve(name), here(block.text()));
  }

  /** Runs a block's commands; each must succeed. */
  void run(String page, CodeBlock block) throws Exception {
    StringBuilder commands = new StringBuilder();
    for (String line : block.lines()) {
      assumeTrue(!line.startsWith("curl ") || isInstalled("curl"), "curl is not installed");
      if (line.startsWith("./uniass serve ")) {
        serve(page, line);
      } else {
        commands.append(line).append('\n');
      }
    }
    Path log = folder.resolve("log.txt");
    int code = await(bash(here(commands.toString()), log));
    assertEquals(
        0, code, () -> page + ", line " + block.line() + "\n" + commands + read(log).strip());
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  private void serve(String page, String line) throws Exception {
    Path log = Files.createTempFile(folder, "serve", ".txt");
    Process server = bash("exec " + here(line) + " --port 0", log);
    servers.add(server);
    Patience.await(
        page + ": '" + line + "' listens",
        () -> {
          assertTrue(server.isAlive(), () -> page + ": " + line + "\n" + read(log));
          Matcher matcher = LISTENING.matcher(read(log));
          boolean found = matcher.find();
          if (found) {
            address = matcher.group(1);
          }
          return found;
        });
  }

  private String here(String text) {
    String result = text.replace("127.0.0.1:8080", address);
    for (Map.Entry<String, String> entry : replaced.entrySet()) {
      result = result.replace(entry.getKey(), entry.getValue());
    }
    return result;
  }

  private Process bash(String script, Path log) throws IOException {
    // Whoever runs the tests in the background has the interrupt ignored, and so would the child.
    ProcessBuilder builder =
        new ProcessBuilder(
                "env", "--default-signal=INT", "bash", "-e", "-u", "-o", "pipefail", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> variables = builder.environment();
    variables.put("PATH", folder.resolve("bin") + ":" + variables.get("PATH"));
    variables.put("UNIASS_PLUGINS", folder.resolve("plugins").toString());
    variables.put("UNIASS_IMAGES", folder.resolve("cache").toString());
    variables.put("UNIASS_HEAP", "800m");
    return builder.start();
  }

  private static int await(Process process) throws InterruptedException {
    if (!process.waitFor(Patience.SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return process.waitFor();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends what still serves, as Ctrl-C does. */
  @Override
  public void close() throws IOException, InterruptedException {
    for (Process server : servers) {
      new ProcessBuilder("kill", "-INT", String.valueOf(server.pid())).start().waitFor();
      assertEquals(0, await(server), "serve ends with 0 after Ctrl-C");
    }
  }
}
