/* SPDX-License-Identifier: Apache-2.0 */
package uniass.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * One side of a comparison, in a process of its own so that each has its allocator and its peak of
 * memory. It warms up, prints {@code ready}, then does the work once for each line that it reads
 * and prints wall and processor seconds (and the wall seconds of each part); at the end it prints
 * its peak memory. {@code torch_peer.py} speaks the same way.
 */
public final class NetworkWorker {

  private static final int WARM_UP = 2;

  private final NDManager manager;
  private final AnomalyNetwork network;
  private final Execution execution;
  private final Map<String, Double> parts = new TreeMap<>();

  private NetworkWorker(NDManager manager, AnomalyNetwork network, Execution execution) {
    this.manager = manager;
    this.network = network;
    this.execution = execution;
  }

  /** Arguments: the work, as {@link NetworkBench} names it, and the execution. */
  public static void main(String[] arguments) throws IOException {
    EngineReady engine = Engines.load();
    try (AnomalyNetwork network =
            new AssembledNetworks(engine).assemble(new PlanBuilder().build(), Device.cpu(), 1);
        NDManager manager = engine.newManager(Device.cpu())) {
      NetworkWorker worker =
          new NetworkWorker(manager, network, Execution.valueOf(arguments[1].toUpperCase()));
      worker.serve(worker.work(arguments[0]));
    }
  }

  private void serve(Runnable work) throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      work.run();
    }
    System.out.println("ready");
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (requests.readLine() != null) {
      parts.clear();
      double used = processorSeconds();
      long start = System.nanoTime();
      work.run();
      double wall = (System.nanoTime() - start) / 1e9;
      System.out.print(wall + " " + (processorSeconds() - used));
      parts.forEach((part, seconds) -> System.out.print(" " + part + "=" + seconds));
      System.out.println();
    }
    System.out.println("peak " + peakKilobytes());
  }

  private Runnable work(String name) {
    int batch = name.endsWith("8") ? 8 : 1;
    if (name.equals("yardstick")) {
      NDArray x = manager.randomNormal(new Shape(1, 256, 56, 56));
      NDArray w = manager.randomNormal(new Shape(256, 256, 3, 3));
      return () -> Ops.convSame(x, w, null).close();
    }
    NDArray images = manager.randomNormal(new Shape(batch, 3, 224, 224));
    Pass pass = Pass.inference().with(execution);
    if (name.startsWith("forward")) {
      return () -> network.anomalyMaps(images, pass).close();
    }
    if (name.startsWith("parts")) {
      return () ->
          network.anomalyMaps(images, pass.withProbe(new Attribution(parts)::stage)).close();
    }
    Gradients gradients = new Gradients(network.parameters());
    AdamW optimizer = new AdamW(network.parameters(), AdamW.Settings.decay(1e-4));
    return () -> {
      gradients.accumulate(() -> network.loss(images, Pass.training(1).with(execution)));
      gradients.clip(0.1);
      optimizer.step(gradients, 1e-4);
      gradients.zero();
    };
  }

  /** Attributes the time between the named intermediate results to the part that computed them. */
  private static final class Attribution {

    private final Map<String, Double> parts;
    private long last = System.nanoTime();

    Attribution(Map<String, Double> parts) {
      this.parts = parts;
    }

    void stage(String stage, NDArray value) {
      long now = System.nanoTime();
      parts.merge(part(stage), (now - last) / 1e9, Double::sum);
      last = now;
    }

    /** Parts as network.md counts their multiplications. */
    private static String part(String stage) {
      if (stage.startsWith("backbone.") || stage.contains("features.")) {
        return "backbone";
      } else if (stage.startsWith("pixel_decoder.")) {
        return "pixel-decoder";
      } else if (stage.contains("patch_embed")
          || stage.contains("input_proj")
          || stage.endsWith(".src")) {
        return "patch-embeddings";
      } else if (stage.contains("quer") || stage.contains("feature_projector")) {
        return "query";
      } else if (stage.endsWith("recon_feature") || stage.contains("decoder_norm")) {
        return "heads";
      } else if (stage.contains("anomaly") || stage.contains("product") || stage.equals("pred")) {
        return "maps";
      }
      return "blocks";
    }
  }

  private static double processorSeconds() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  private static long peakKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
