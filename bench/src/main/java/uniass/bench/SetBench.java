/* SPDX-License-Identifier: Apache-2.0 */
package uniass.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The two sets of bundles that a gateway may install, with PyTorch and with ONNX Runtime alone,
 * side by side in a framework: arguments are a model, the same exported, and a folder of images.
 * The distribution must have been built.
 */
final class SetBench {

  private static final Path JARS = Path.of("uniass.app/target/uniass/app/jar");
  private static final String FRAMEWORK = "org.apache.felix.framework-";
  private static final String BOTH =
      "uniass.(api|io|datasets|djl|tensor|inference)-|gson|snakeyaml|commons-|slf4j-|"
          + "org.apache.felix.scr|org.osgi.service.(component|log)|org.osgi.util";
  private static final String PYTORCH = "uniass.(djl.linux|checkpoint|model|metrics)";
  private static final String ONNX = "uniass.onnx";

  private SetBench() {}

  static int run(List<String> words) throws IOException, InterruptedException {
    if (words.size() != 3) {
      System.err.println("bench sets MODEL.safetensors MODEL.onnx FOLDER");
      return 2;
    }
    System.out.println(
        "| engine | threads | batch | MB on disk | start to first verdict, ms | ms per image"
            + " | resident MB | of them its own |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    List<Installed> sets =
        List.of(
            new Installed("pytorch", PYTORCH, words.get(0), false),
            new Installed("onnx", ONNX, words.get(1), false),
            new Installed("onnx", ONNX, words.get(1), true));
    for (int threads = 1; threads <= 2; threads++) {
      for (int batch : new int[] {1, 8}) {
        for (Installed set : sets) {
          row(set, words.get(2), threads, batch);
        }
      }
    }
    return 0;
  }

  /** What is installed; frugal: memory goes back to the system after each batch. */
  private record Installed(String engine, String bundles, String model, boolean frugal) {}

  private static void row(Installed set, String images, int threads, int batch)
      throws IOException, InterruptedException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(JARS)) {
      jars =
          files
              .filter(
                  f -> f.getFileName().toString().matches("(" + BOTH + "|" + set.bundles() + ").*"))
              .sorted()
              .toList();
    }
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-Duniass.allocator=" + (set.frugal() ? "frugal" : "fast"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path").split(java.io.File.pathSeparator)[0]
                    + java.io.File.pathSeparator
                    + framework(),
                SetWorker.class.getName(),
                set.engine(),
                String.valueOf(threads),
                String.valueOf(batch),
                set.model(),
                images));
    long bytes = Files.size(framework());
    for (Path jar : jars) {
      line.add(jar.toAbsolutePath().toString());
      bytes += Files.size(jar);
    }
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    if (set.frugal()) {
      builder.environment().put("MALLOC_TRIM_THRESHOLD_", "131072");
      builder.environment().put("MALLOC_MMAP_THRESHOLD_", "1048576");
    }
    Process process = builder.start();
    String[] found =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .strip()
            .split(" ");
    if (process.waitFor() != 0 || found.length != 4) {
      throw new IOException("the set of " + set.engine() + " failed");
    }
    NetworkBench.print(
        "| %s | %d | %d | %.0f | %s | %s | %s | %s |%n",
        set.engine() + (set.frugal() ? ", frugal" : ""),
        threads,
        batch,
        bytes / 1e6,
        found[0],
        found[1],
        found[2],
        found[3]);
  }

  private static Path framework() throws IOException {
    try (Stream<Path> files = Files.list(JARS)) {
      return files
          .filter(f -> f.getFileName().toString().startsWith(FRAMEWORK))
          .findFirst()
          .orElseThrow();
    }
  }
}
