/* SPDX-License-Identifier: Apache-2.0 */
package uniass.bench;

import static uniass.bench.NetworkBench.print;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The commands as users run them, with the default network: what share of the time the network's
 * operations take in training and evaluation once the images are in the cache, and how many images
 * a second {@code predict} inspects.
 */
final class CommandBench {

  private static final int IMAGES = 200;
  private static final String SHARE = "the network's operations took";

  private final String launcher = Path.of("uniass").toAbsolutePath().toString();
  private final Path folder;

  CommandBench() throws IOException {
    folder = Files.createTempDirectory("uniass-bench");
  }

  void run() throws IOException, InterruptedException {
    try {
      launch("sample", "--out", "data", "--train", "16", "--test", "34", "--size", "256");
      Path experiment = folder.resolve("default.yaml");
      Files.writeString(
          experiment,
          """
          name: default
          dataset: { reader: mvtec-ad, root: data }
          model: { backbone: { name: efficientnet-b4, weights: random } }
          train: { epochs: 2, batch: 8, learning-rate: 1.0e-4, validate-every: 0 }
          """);
      System.out.println("Training, batch 8 (the first epoch fills the cache of images):\n");
      shares(launch("train", "default.yaml", "--out", "run"));
      System.out.println("\nEvaluation (the second time from the cache):\n");
      String model = "run/model.safetensors";
      for (int i = 0; i < 2; i++) {
        String few = "dataset.categories=[cap, wood]";
        shares(launch("evaluate", "default.yaml", "--model", model, "--out", "e", "--set", few));
      }
      predict(model);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private static void shares(List<String> lines) {
    lines.stream()
        .filter(line -> line.contains(SHARE))
        .forEach(line -> System.out.println("- " + line.replaceFirst("^.* - ", "")));
  }

  /** Cold: from the start of the process; warm: the same command once more in the same shell. */
  private void predict(String model) throws IOException, InterruptedException {
    Path images = Files.createDirectories(folder.resolve("images"));
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      List<Path> found =
          files
              .filter(f -> f.toString().endsWith(".png") && !f.toString().contains("ground_truth"))
              .sorted()
              .limit(IMAGES)
              .toList();
      for (int i = 0; i < found.size(); i++) {
        Files.copy(found.get(i), images.resolve("%03d.png".formatted(i)));
      }
    }
    long start = System.nanoTime();
    Process shell = start(List.of("shell"));
    try (BufferedWriter in =
            new BufferedWriter(
                new OutputStreamWriter(shell.getOutputStream(), StandardCharsets.UTF_8));
        BufferedReader out =
            new BufferedReader(
                new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
      double cold = seconds(in, out, model, start);
      double warm = seconds(in, out, model, System.nanoTime());
      print(
          "%npredict, %d images of 256 px: cold (start, loading the model) %.1f s, %.2f images/s;"
              + " warm %.1f s, %.2f images/s%n",
          IMAGES, cold, IMAGES / cold, warm, IMAGES / warm);
      in.write("exit\n");
    }
    shell.waitFor();
  }

  private static double seconds(BufferedWriter in, BufferedReader out, String model, long start)
      throws IOException {
    in.write("uniass:predict --model " + model + " images --out found\n");
    in.flush();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.contains("predictions.csv")) {
        return (System.nanoTime() - start) / 1e9;
      }
    }
    throw new IOException("predict ended without a result");
  }

  private List<String> launch(String... words) throws IOException, InterruptedException {
    Process process = start(List.of(words));
    process.getOutputStream().close();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", words) + " failed: " + lines);
    }
    return lines;
  }

  private Process start(List<String> words) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("UNIASS_LOG", "info");
    builder.environment().put("UNIASS_IMAGES", folder.resolve("cache").toString());
    builder.environment().put("UNIASS_NO_BUILD", "1");
    return builder.start();
  }
}
