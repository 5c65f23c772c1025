/* SPDX-License-Identifier: Apache-2.0 */
package uniass.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uniass.bench.Side.Allocator;

/**
 * The default configuration (224 px, EfficientNet-B4), direct and optimized execution in one run:
 * each side is a process of its own, and they work in turn. The direct side has the C library's own
 * allocator, as a program has that sets nothing; the optimized one has the launcher's; both stand
 * there once more with the other's, to compare the memory.
 *
 * <pre>
 * [yardstick] [forward1] [forward8] [train8] [parts1] [parts8] [commands] [ROUNDS] [--peer PYTHON]
 * gpu [DEVICE [BATCH]]
 * </pre>
 *
 * Without names, everything. {@code --peer} adds PyTorch: a Python with torch, which runs {@code
 * bench/torch_peer.py}.
 */
public final class NetworkBench {

  private static final List<String> WORK =
      List.of("yardstick", "forward1", "forward8", "train8", "parts1", "parts8", "commands");

  /** Billions of multiply-accumulates of one image, as counted on the network's layers. */
  private static final Map<String, Double> GMAC =
      Map.of(
          "heads", 20.8,
          "pixel-decoder", 10.9,
          "blocks", 5.6,
          "patch-embeddings", 2.1,
          "backbone", 1.4,
          "query", 1.2);

  private static final double FORWARD_GMAC = 41.4;

  /** Backward costs twice the forward of all that is trained. */
  private static final double TRAIN_GMAC = 3 * (FORWARD_GMAC - 1.4) + 1.4;

  private static final double YARDSTICK_GMAC = 256 * 256 * 9 * 56 * 56 / 1e9;

  private final int rounds;
  private final String python;
  private double yardstick = Double.NaN;

  private NetworkBench(int rounds, String python) {
    this.rounds = rounds;
    this.python = python;
  }

  /** Runs what is asked for and prints Markdown tables. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(arguments));
    if (!words.isEmpty() && words.get(0).equals("gpu")) {
      System.exit(GpuBench.run(words.subList(1, words.size())));
    }
    String python = null;
    int at = words.indexOf("--peer");
    if (at >= 0 && at + 1 < words.size()) {
      python = words.remove(at + 1);
      words.remove(at);
    }
    int rounds = 5;
    if (!words.isEmpty() && words.get(words.size() - 1).matches("[1-9]\\d*")) {
      rounds = Integer.parseInt(words.remove(words.size() - 1));
    }
    if (!WORK.containsAll(words)) {
      System.err.println("bench: there are " + String.join(", ", WORK));
      System.exit(2);
    }
    NetworkBench bench = new NetworkBench(rounds, python);
    bench.whole(words.isEmpty() ? WORK : words);
    for (String name : WORK) {
      if (name.startsWith("parts") && (words.isEmpty() || words.contains(name))) {
        bench.parts(name);
      }
    }
    if (words.isEmpty() || words.contains("commands")) {
      new CommandBench().run();
    }
  }

  private void whole(List<String> names) throws IOException {
    if (names.stream().noneMatch(n -> n.matches("yardstick|forward.|train."))) {
      return;
    }
    System.out.println(
        "| work | side | ms | processor ms | images/s | GFLOP/s | peak MB | direct / this |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (String name : WORK) {
      if (!names.contains(name) || !name.matches("yardstick|forward.|train.")) {
        continue;
      }
      Map<String, Side> sides = new LinkedHashMap<>();
      sides.put("direct", side(name, "direct", Allocator.DEFAULT));
      if (!name.equals("yardstick")) {
        sides.put("direct, launcher's allocator", side(name, "direct", launchers(name)));
        sides.put("optimized", side(name, "optimized", launchers(name)));
        sides.put("optimized, C library's allocator", side(name, "optimized", Allocator.DEFAULT));
      }
      if (python != null) {
        sides.put(
            "PyTorch", new Side(List.of(python, "bench/torch_peer.py", name), Allocator.DEFAULT));
      }
      takeTurns(sides, name.equals("yardstick") ? 10 * rounds : rounds);
      Side direct = sides.get("direct");
      if (name.equals("yardstick")) {
        yardstick = 2 * YARDSTICK_GMAC / direct.wall();
      }
      sides.forEach((side, times) -> row(name, side, times, direct));
      if (name.startsWith("forward") && !Double.isNaN(yardstick)) {
        int batch = batch(name);
        print(
            "%n%s: direct runs at %.2f of the rate of one 3x3 convolution 256 -> 256 at 56 px.%n%n",
            name, 2 * FORWARD_GMAC * batch / direct.wall() / yardstick);
      }
    }
    System.out.println();
  }

  private void row(String name, String side, Side times, Side direct) {
    int batch = batch(name);
    double gmac =
        switch (name) {
          case "yardstick" -> YARDSTICK_GMAC;
          case "train8" -> TRAIN_GMAC * batch;
          default -> FORWARD_GMAC * batch;
        };
    print(
        "| %s | %s | %.1f | %.0f | %.2f | %.0f | %d | %.2f |%n",
        name,
        side,
        1e3 * times.wall(),
        1e3 * times.processor(),
        batch / times.wall(),
        2 * gmac / times.wall(),
        times.peakMegabytes(),
        times.faster(direct));
  }

  private void parts(String name) throws IOException {
    Map<String, Side> sides = new LinkedHashMap<>();
    sides.put("direct", side(name, "direct", Allocator.DEFAULT));
    sides.put("optimized", side(name, "optimized", launchers(name)));
    takeTurns(sides, rounds);
    Map<String, Double> direct = sides.get("direct").parts();
    Map<String, Double> optimized = sides.get("optimized").parts();
    print("| %s | GMAC | direct ms | GFLOP/s | optimized ms | GFLOP/s | ratio |%n", name);
    System.out.println("|---|---|---|---|---|---|---|");
    direct.forEach(
        (part, seconds) -> {
          double ours = optimized.getOrDefault(part, Double.NaN);
          double gmac = GMAC.getOrDefault(part, 0.0) * batch(name);
          print(
              "| %s | %.1f | %.1f | %.0f | %.1f | %.0f | %.1f |%n",
              part,
              gmac,
              1e3 * seconds,
              2 * gmac / seconds,
              1e3 * ours,
              2 * gmac / ours,
              seconds / ours);
        });
    System.out.println();
  }

  private static int batch(String name) {
    return name.endsWith("8") ? 8 : 1;
  }

  private static void takeTurns(Map<String, Side> sides, int rounds) throws IOException {
    for (int i = 0; i < rounds; i++) {
      for (Side side : sides.values()) {
        side.once();
      }
    }
    sides.values().forEach(Side::close);
  }

  private static Allocator launchers(String name) {
    return name.startsWith("train") ? Allocator.TRAINING : Allocator.PREDICTION;
  }

  private static Side side(String name, String execution, Allocator allocator) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // a small heap: what grows is the tensors' memory
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Duniass.threads=" + System.getProperty("uniass.threads", "2"),
                "-cp",
                System.getProperty("java.class.path"),
                NetworkWorker.class.getName(),
                name,
                execution));
    return new Side(command, allocator);
  }

  static void print(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format, arguments);
  }
}
