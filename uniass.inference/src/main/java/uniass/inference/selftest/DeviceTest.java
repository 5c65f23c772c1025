/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.selftest;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.Models;
import uniass.inference.pipeline.Devices;
import uniass.inference.plugin.PartsInUse;
import uniass.tensor.AdamW;
import uniass.tensor.Gradients;
import uniass.tensor.Pass;
import uniass.tensor.TensorValues;

/**
 * Does on a device, in about five seconds, what the product does: anomaly maps, a training step,
 * both often enough for a speed. The network's parameters and images come from Java, so that every
 * device begins with the same numbers.
 *
 * <pre>{@code
 * DeviceTest.Result result = new DeviceTest(models).run(Device.cpu());
 * if (!result.agrees()) { ... }
 * }</pre>
 */
public final class DeviceTest {

  /** How far a device may be from the stored numbers: TensorFloat-32 reaches a tenth of it. */
  static final double TOLERANCE = 5e-3;

  private static final int SIZE = 128;
  private static final int FEW = 2;
  private static final int BATCH = 8;
  private static final double RATE = 1e-3;
  private static final int SAMPLES = 32;
  private static final int WARM_UPS = 2;
  private static final long NANOS_PER_SPEED = 1_200_000_000;

  /**
   * What came out; deviations are relative, of the map to its range.
   *
   * @param device as settings name it
   * @param map largest deviation of the anomaly map
   * @param loss deviation of the loss
   * @param gradient deviation of the norm of all gradients
   * @param step deviation of the loss after a step of AdamW
   * @param millisPerImage time of an anomaly map of 128 x 128 pixels, one at a time
   * @param millisPerStep time of a training step with 8 of them
   */
  public record Result(
      String device,
      double map,
      double loss,
      double gradient,
      double step,
      double millisPerImage,
      double millisPerStep) {

    /** The largest deviation; not a number if a result is not. */
    public double deviation() {
      return Math.max(Math.max(map, loss), Math.max(gradient, step));
    }

    /** Whether the device computes what it should. */
    public boolean agrees() {
      return deviation() <= TOLERANCE;
    }
  }

  /** What a device computes. */
  record Numbers(float[] map, double loss, double gradient, double after) {}

  private final Models models;
  private final long nanosPerSpeed;

  /** Tests what these services build. */
  public DeviceTest(Models models) {
    this(models, NANOS_PER_SPEED);
  }

  DeviceTest(Models models, long nanosPerSpeed) {
    this.models = models;
    this.nanosPerSpeed = nanosPerSpeed;
  }

  /** Tests a device. */
  public Result run(Device device) {
    try (Training training = new Training(device)) {
      Numbers here = training.numbers();
      Numbers stored = stored();
      return new Result(
          Devices.name(device),
          deviation(here.map, stored.map),
          relative(here.loss, stored.loss),
          relative(here.gradient, stored.gradient),
          relative(here.after, stored.after),
          millis(() -> training.map(1)),
          millis(() -> training.step(BATCH)));
    }
  }

  /** What a device computes, in the form of the file that is compared with. */
  String numbers(Device device) {
    try (Training training = new Training(device)) {
      Numbers n = training.numbers();
      StringBuilder map = new StringBuilder();
      for (float value : n.map) {
        map.append(' ').append(value);
      }
      return "loss=%s%ngradient=%s%nafter=%s%nmap=%s%n"
          .formatted(n.loss, n.gradient, n.after, map.substring(1));
    }
  }

  /** The network on a device, with what trains it. */
  private final class Training implements AutoCloseable {

    private final Device device;
    private final PartsInUse parts = new PartsInUse(models.plugins());
    private final AnomalyNetwork network;
    private final Gradients gradients;
    private final AdamW optimizer;

    Training(Device device) {
      this.device = device;
      ExperimentSpec spec = models.library().describing("the self-test", text("yaml"));
      network = models.composer().untrained(spec, parts, device);
      gradients = new Gradients(network.parameters());
      optimizer = new AdamW(network.parameters(), AdamW.Settings.decay(1e-4));
    }

    Numbers numbers() {
      float[] map = map(FEW);
      float[] samples = new float[SAMPLES];
      for (int i = 0; i < SAMPLES; i++) {
        samples[i] = map[(int) ((i + 0.5) * map.length / SAMPLES)];
      }
      double loss = loss(FEW);
      double norm = gradients.norm();
      optimizer.step(gradients, RATE);
      gradients.zero();
      double after = loss(FEW);
      gradients.zero();
      return new Numbers(samples, loss, norm, after);
    }

    void step(int images) {
      loss(images);
      optimizer.step(gradients, RATE);
      gradients.zero();
    }

    float[] map(int images) {
      try (NDManager manager = models.engine().newManager(device)) {
        return network.anomalyMaps(images(manager, images), Pass.inference()).toFloatArray();
      }
    }

    private double loss(int images) {
      try (NDManager manager = models.engine().newManager(device)) {
        NDArray batch = images(manager, images);
        return gradients.accumulate(() -> network.loss(batch, Pass.training(1)));
      }
    }

    @Override
    public void close() {
      optimizer.close();
      network.close();
      parts.close();
    }
  }

  /** Smooth images with some noise, the same on every machine. */
  private static NDArray images(NDManager manager, int n) {
    float[] values = new float[n * 3 * SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      int x = i % SIZE;
      int y = i / SIZE % SIZE;
      double wave = StrictMath.sin(0.11 * x + 0.07 * y + i / (SIZE * SIZE));
      values[i] = (float) (wave + ((i * 2_654_435_761L >>> 16 & 255) / 255.0 - 0.5) / 4);
    }
    return TensorValues.create(manager, values, n, 3, SIZE, SIZE);
  }

  private double millis(Runnable work) {
    for (int i = 0; i < WARM_UPS; i++) {
      work.run();
    }
    long begin = System.nanoTime();
    int times = 0;
    long took;
    do {
      work.run();
      times++;
      took = System.nanoTime() - begin;
    } while (took < nanosPerSpeed);
    return took / 1e6 / times;
  }

  private static double deviation(float[] here, float[] stored) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double most = 0;
    for (int i = 0; i < stored.length; i++) {
      low = Math.min(low, stored[i]);
      high = Math.max(high, stored[i]);
      most = Math.max(most, Math.abs(here[i] - stored[i]));
    }
    return most / (high - low);
  }

  private static double relative(double here, double stored) {
    return Math.abs(here - stored) / Math.abs(stored);
  }

  /** What the CPU of the machine computed on which this was last changed. */
  private static Numbers stored() {
    Properties stored = new Properties();
    try {
      stored.load(new StringReader(text("properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String[] words = stored.getProperty("map").split(" ");
    float[] map = new float[words.length];
    for (int i = 0; i < map.length; i++) {
      map[i] = Float.parseFloat(words[i]);
    }
    return new Numbers(
        map, number(stored, "loss"), number(stored, "gradient"), number(stored, "after"));
  }

  private static double number(Properties stored, String key) {
    return Double.parseDouble(stored.getProperty(key));
  }

  private static String text(String ending) {
    try (InputStream in = DeviceTest.class.getResourceAsStream("DeviceTest." + ending)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
