/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The machine as Java and Linux describe it.
 *
 * @param environment environment variables
 * @param properties the framework's and Java's properties
 * @param processors that this process may use
 * @param heap most bytes that Java's heap may have
 * @param memory bytes that this process may use: the machine's, or its container's
 * @param root the root folder, below which Linux shows its state
 */
record Machine(
    Function<String, String> environment,
    Function<String, String> properties,
    int processors,
    long heap,
    long memory,
    Path root) {

  /** This machine. */
  static Machine here(Function<String, String> properties) {
    Runtime java = Runtime.getRuntime();
    return new Machine(
        System::getenv,
        properties,
        java.availableProcessors(),
        java.maxMemory(),
        memoryOfProcess(),
        Path.of("/"));
  }

  /** Java knows a container's limit; only this attribute of its bean says it. */
  private static long memoryOfProcess() {
    try {
      ObjectName system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
      Object bytes =
          ManagementFactory.getPlatformMBeanServer().getAttribute(system, "TotalMemorySize");
      return (Long) bytes;
    } catch (JMException e) {
      return 0;
    }
  }

  /** Name of the processor. */
  String processor() {
    return lines("proc/cpuinfo").stream()
        .filter(line -> line.startsWith("model name"))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElseGet(() -> property("os.arch"));
  }

  /** The processors of the machine, whoever may use them. */
  int allProcessors() {
    long all = lines("proc/cpuinfo").stream().filter(line -> line.startsWith("processor")).count();
    return Math.max((int) all, processors);
  }

  /** Whether its C library is musl, for which there is no PyTorch. */
  boolean isMusl() {
    try (Stream<Path> files = Files.list(root.resolve("lib"))) {
      return files.anyMatch(f -> f.getFileName().toString().startsWith("ld-musl-"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the system never gives huge pages. */
  boolean isWithoutHugePages() {
    return lines("sys/kernel/mm/transparent_hugepage/enabled").stream()
        .anyMatch(line -> line.contains("[never]"));
  }

  /** Whether libraries in a folder may not be loaded. */
  boolean isNoExec(Path folder) {
    String best = "";
    String options = "";
    for (String line : lines("proc/self/mounts")) {
      String[] words = line.split(" ");
      if (words.length > 3 && words[1].length() >= best.length() && folder.startsWith(words[1])) {
        best = words[1];
        options = words[3];
      }
    }
    return List.of(options.split(",")).contains("noexec");
  }

  /** The temporary folder. */
  Path temporary() {
    return Path.of(property("java.io.tmpdir"));
  }

  String property(String name) {
    return Optional.ofNullable(properties.apply(name)).orElse("");
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.apply(name));
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(root.resolve(file));
    } catch (IOException e) {
      return List.of(); // not Linux, or hidden
    }
  }
}
