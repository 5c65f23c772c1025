/* SPDX-License-Identifier: Apache-2.0 */
package uniass.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.cuda.CudaUtils;
import java.util.List;
import uniass.api.network.AnomalyNetwork;
import uniass.model.network.AssembledNetworks;
import uniass.model.network.PlanBuilder;
import uniass.tensor.AdamW;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.GpuDriver;
import uniass.tensor.Gradients;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;
import uniass.tensor.Precision;

/**
 * The default configuration (224 px, EfficientNet-B4) on a GPU: anomaly maps and training steps of
 * a batch, by both executions, in float32 and in mixed precision. On the CPU it shows that it runs.
 */
final class GpuBench {

  private static final int WARM_UPS = 3;
  private static final int TIMES = 10;

  private final EngineReady engine;
  private final Device device;
  private final int batch;

  private GpuBench(EngineReady engine, Device device, int batch) {
    this.engine = engine;
    this.device = device;
    this.batch = batch;
  }

  /**
   * Prints the table.
   *
   * @param words device and batch; by default the first GPU and 64
   * @return the exit code
   */
  static int run(List<String> words) {
    EngineReady engine;
    Device device;
    int batch;
    try {
      batch = words.size() > 1 ? Integer.parseInt(words.get(1)) : 64;
      engine = Engines.load();
      device = engine.device(words.isEmpty() ? "cuda:0" : words.get(0));
    } catch (IllegalStateException | IllegalArgumentException e) {
      String why = GpuDriver.here().fault().orElse("UNIASS_TORCH=FOLDER ./uniass --gpu bench gpu");
      System.err.println("bench gpu: " + e.getMessage() + "; " + why);
      return 1;
    }
    System.out.println(engine.description() + ", " + engine.libraries());
    System.out.println();
    new GpuBench(engine, device, batch).table();
    return 0;
  }

  private void table() {
    System.out.println(
        "| batch of " + batch + " | execution | precision | ms | images/s | MB in use |");
    System.out.println("|---|---|---|---|---|---|");
    for (Execution execution : Execution.values()) {
      rows(execution, Precision.FLOAT32);
    }
    rows(Execution.DIRECT, Precision.BFLOAT16); // which knows no other execution
  }

  private void rows(Execution execution, Precision precision) {
    try (AnomalyNetwork network =
            new AssembledNetworks(engine).assemble(new PlanBuilder().build(), device, 1);
        NDManager manager = engine.newManager(device);
        AdamW optimizer = new AdamW(network.parameters(), AdamW.Settings.decay(1e-4))) {
      NDArray images = manager.randomNormal(new Shape(batch, 3, 224, 224));
      Gradients gradients = new Gradients(network.parameters());
      Pass predicting = Pass.inference().with(execution);
      row("maps", execution, precision, () -> maps(network, images, predicting, precision));
      row(
          "training step",
          execution,
          precision,
          () -> {
            Pass training = Pass.training(1).with(execution);
            gradients.accumulate(() -> precision.in(() -> network.loss(images, training)));
            gradients.clip(0.1);
            optimizer.step(gradients, 1e-4);
            gradients.zero();
          });
    }
  }

  private static void maps(AnomalyNetwork network, NDArray images, Pass pass, Precision precision) {
    try (NDArray maps = precision.in(() -> network.anomalyMaps(images, pass))) {
      maps.toFloatArray(); // waits for the device
    }
  }

  private void row(String work, Execution execution, Precision precision, Runnable once) {
    for (int i = 0; i < WARM_UPS; i++) {
      once.run();
    }
    long begin = System.nanoTime();
    for (int i = 0; i < TIMES; i++) {
      once.run();
    }
    double millis = (System.nanoTime() - begin) / 1e6 / TIMES;
    NetworkBench.print(
        "| %s | %s | %s | %.1f | %.1f | %s |%n",
        work,
        execution.name().toLowerCase(),
        precision.name().toLowerCase(),
        millis,
        1000 * batch / millis,
        device.isGpu() ? CudaUtils.getGpuMemory(device).getUsed() >> 20 : "");
  }
}
