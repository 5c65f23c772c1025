package uniass.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uniass.api.network.AnomalyNetwork;
import uniass.model.network.AssembledNetworks;
import uniass.model.network.PlanBuilder;
import uniass.tensor.AdamW;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.Gradients;
import uniass.tensor.Ops;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/**
 * Times the default network in both executions, alternating: wall time and processor time of all
 * threads (which other programs on the machine disturb less), medians and minima.
 */
public final class NetworkBench {

  private static final double FORWARD_GMAC = 42;

  private NetworkBench() {}

  /**
   * Arguments: what to run (yardstick, forward1, forward8, train8, parts1, parts8; default all),
   * and repeats.
   */
  public static void main(String[] arguments) {
    List<String> wanted = new ArrayList<>(List.of(arguments));
    int repeats = 5;
    if (!wanted.isEmpty() && wanted.get(wanted.size() - 1).matches("\\d+")) {
      repeats = Integer.parseInt(wanted.remove(wanted.size() - 1));
    }
    EngineReady engine = Engines.load();
    System.out.println(engine.description());
    try (AnomalyNetwork network =
            new AssembledNetworks(engine).assemble(new PlanBuilder().build(), Device.cpu(), 1);
        NDManager manager = engine.newManager(Device.cpu())) {
      for (String name :
          List.of("yardstick", "forward1", "forward8", "train8", "parts1", "parts8")) {
        if (wanted.isEmpty() || wanted.contains(name)) {
          run(name, network, manager, repeats);
        }
      }
    }
  }

  private static void run(String name, AnomalyNetwork network, NDManager manager, int repeats) {
    int batch = name.endsWith("8") ? 8 : 1;
    NDArray images = manager.randomNormal(new Shape(batch, 3, 224, 224));
    if (name.equals("yardstick")) {
      NDArray x = manager.randomNormal(new Shape(1, 256, 56, 56));
      NDArray w = manager.randomNormal(new Shape(256, 256, 3, 3));
      Times times = new Times();
      for (int i = 0; i < 10 * repeats; i++) {
        times.measure(() -> Ops.convSame(x, w, null).close());
      }
      System.out.printf(
          "%-10s conv 3x3 256 56 px: %s, %.0f GFLOP/s%n", name, times, 3.7 / times.median());
      return;
    }
    if (name.startsWith("parts")) {
      parts(network, images, repeats);
      return;
    }
    Times direct = new Times();
    Times optimized = new Times();
    for (int i = 0; i <= repeats; i++) {
      for (Execution execution : Execution.values()) {
        Times times = execution == Execution.DIRECT ? direct : optimized;
        Runnable work =
            name.startsWith("train")
                ? () -> train(network, images, execution)
                : () -> network.anomalyMaps(images, Pass.inference().with(execution)).close();
        if (i == 0) {
          work.run();
        } else {
          times.measure(work);
        }
      }
    }
    System.out.printf("%-10s direct    %s%n", name, direct);
    System.out.printf("%-10s optimized %s%n", name, optimized);
    System.out.printf(
        "%-10s ratio %.2f wall, %.2f processor; %.0f GFLOP/s effective%n",
        name,
        direct.median() / optimized.median(),
        direct.processor() / optimized.processor(),
        2 * FORWARD_GMAC * batch * (name.startsWith("train") ? 3 : 1) / optimized.median());
  }

  /** Attributes time between the named intermediate results to the part that computed them. */
  private static void parts(AnomalyNetwork network, NDArray images, int repeats) {
    for (Execution execution : Execution.values()) {
      Map<String, Times> times = new TreeMap<>();
      for (int i = 0; i <= repeats; i++) {
        Map<String, Double> spent = new TreeMap<>();
        double[] last = {Times.processorSeconds()};
        Pass pass =
            Pass.inference()
                .with(execution)
                .withProbe(
                    (stage, value) -> {
                      double now = Times.processorSeconds();
                      spent.merge(part(stage), now - last[0], Double::sum);
                      last[0] = now;
                    });
        network.forward(images, pass);
        if (i > 0) {
          spent.forEach((part, s) -> times.computeIfAbsent(part, k -> new Times()).add(s));
        }
      }
      System.out.println(execution + ", processor time by part:");
      times.forEach(
          (part, t) -> System.out.printf("  %-22s %7.1f ms%n", part, 1e3 * t.processor()));
    }
  }

  private static String part(String stage) {
    if (stage.startsWith("backbone.")) {
      return "backbone";
    } else if (stage.contains("features.")) {
      return "features";
    } else if (stage.contains("encoder") || stage.equals("pixel_decoder.input_proj")) {
      return "encoder";
    } else if (stage.startsWith("pixel_decoder.")) {
      return "pyramid " + stage.substring(stage.length() - 1);
    } else if (stage.contains("patch_embed")
        || stage.contains("input_proj")
        || stage.endsWith(".src")) {
      return "patch embeddings";
    } else if (stage.endsWith(".adaptor") && stage.contains("level")) {
      return "gated CNNs";
    } else if (stage.contains("quer") || stage.contains("feature_projector")) {
      return "query";
    } else if (stage.endsWith("recon_feature") || stage.contains("decoder_norm")) {
      return "head " + stage.replaceAll("\\D", "");
    } else if (stage.contains("anomaly") || stage.contains("product") || stage.equals("pred")) {
      return "maps";
    }
    return "attention blocks";
  }

  private static void train(AnomalyNetwork network, NDArray images, Execution execution) {
    try (AdamW optimizer = new AdamW(network.parameters(), AdamW.Settings.decay(1e-4))) {
      Gradients gradients = new Gradients(network.parameters());
      gradients.accumulate(() -> network.loss(images, Pass.training(1).with(execution)));
      gradients.clip(0.1);
      optimizer.step(gradients, 1e-4);
      gradients.zero();
    }
  }

  private static final class Times {

    private final List<Double> wall = new ArrayList<>();
    private final List<Double> processor = new ArrayList<>();

    private static double processorSeconds() {
      var system =
          (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return system.getProcessCpuTime() / 1e9;
    }

    void add(double seconds) {
      processor.add(seconds);
    }

    void measure(Runnable work) {
      double used = processorSeconds();
      long start = System.nanoTime();
      work.run();
      wall.add((System.nanoTime() - start) / 1e9);
      processor.add(processorSeconds() - used);
    }

    double median() {
      return middle(wall);
    }

    double processor() {
      return middle(processor);
    }

    private static double middle(List<Double> values) {
      double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return sorted[sorted.length / 2];
    }

    @Override
    public String toString() {
      return "median %.0f ms wall (least %.0f), %.0f ms processor (least %.0f)"
          .formatted(
              1e3 * median(),
              1e3 * wall.stream().mapToDouble(d -> d).min().orElse(0),
              1e3 * processor(),
              1e3 * processor.stream().mapToDouble(d -> d).min().orElse(0));
    }
  }
}
