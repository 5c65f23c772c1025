package uniass.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uniass.api.network.AnomalyNetwork;
import uniass.model.network.AssembledNetworks;
import uniass.model.network.PlanBuilder;
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

  /** Arguments: what to run (forward1, forward8, train8, yardstick; default all), and repeats. */
  public static void main(String[] arguments) {
    List<String> wanted = new ArrayList<>(List.of(arguments));
    int repeats = 5;
    if (!wanted.isEmpty() && wanted.get(wanted.size() - 1).matches("\\d+")) {
      repeats = Integer.parseInt(wanted.remove(wanted.size() - 1));
    }
    EngineReady engine = Engines.load();
    System.out.println(engine.description());
    try (AnomalyNetwork network =
            new AssembledNetworks(engine)
                .assemble(new PlanBuilder().build(), Device.cpu(), 1);
        NDManager manager = engine.newManager(Device.cpu())) {
      for (String name : List.of("yardstick", "forward1", "forward8", "train8")) {
        if (wanted.isEmpty() || wanted.contains(name)) {
          run(name, network, manager, repeats);
        }
      }
    }
  }

  private static void run(
      String name, AnomalyNetwork network, NDManager manager, int repeats) {
    int batch = name.endsWith("8") ? 8 : 1;
    NDArray images = manager.randomNormal(new Shape(batch, 3, 224, 224));
    if (name.equals("yardstick")) {
      NDArray x = manager.randomNormal(new Shape(1, 256, 56, 56));
      NDArray w = manager.randomNormal(new Shape(256, 256, 3, 3));
      Times times = new Times();
      for (int i = 0; i < 10 * repeats; i++) {
        times.measure(() -> Ops.convSame(x, w, null).close());
      }
      System.out.printf("%-10s conv 3x3 256 56 px: %s, %.0f GFLOP/s%n", name, times, 3.7 / times.median());
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
                : () ->
                    network.anomalyMaps(images, Pass.inference().with(execution)).close();
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

  private static void train(AnomalyNetwork network, NDArray images, Execution execution) {
    Gradients gradients = new Gradients(network.parameters());
    gradients.accumulate(() -> network.loss(images, Pass.training(1).with(execution)));
    gradients.zero();
  }

  private static final class Times {

    private final List<Double> wall = new ArrayList<>();
    private final List<Double> processor = new ArrayList<>();

    void measure(Runnable work) {
      var system =
          (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long used = system.getProcessCpuTime();
      long start = System.nanoTime();
      work.run();
      wall.add((System.nanoTime() - start) / 1e9);
      processor.add((system.getProcessCpuTime() - used) / 1e9);
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
