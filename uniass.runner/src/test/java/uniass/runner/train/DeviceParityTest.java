/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Progress;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.data.Batch;
import uniass.api.data.Image;
import uniass.api.data.Split;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.plugin.PartsInUse;
import uniass.inference.testing.TinyDataset;
import uniass.tensor.Parameter;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;

/**
 * The device that {@code -Duniass.device=cuda:0} names (by default the CPU), with everything that
 * makes it fast, against the CPU that computes operation by operation. On a machine with a GPU:
 *
 * <pre>mvn -pl uniass.runner test -Dtest=DeviceParityTest -DargLine="-Duniass.device=cuda:0 ..."
 * </pre>
 */
class DeviceParityTest {

  private static final String NAME = System.getProperty("uniass.device", "cpu");
  private static final int IMAGES = 4;
  private static final double RATE = 1e-3;

  /**
   * Of a map's range, a loss, a gradient; a GPU adds up in another order, and rounds other sums.
   */
  private static final double CLOSE = NAME.equals("cpu") ? 2e-4 : 5e-3;

  /** Of the learning rate: a first step of AdamW has its size, and small gradients' signs turn. */
  private static final double MEAN_STEP = 0.05;

  @TempDir Path folder;

  private final TinyTraining training = new TinyTraining();
  private final Device device = training.services.engine().device(NAME);

  private ExperimentSpec spec(String... more) {
    String[] all =
        Stream.concat(
                Stream.of(
                    "model.pixel-decoder.dropout=0",
                    "model.attention.dropout=0",
                    "model.jitter.probability=0"),
                Stream.of(more))
            .toArray(String[]::new);
    return training.spec(folder.resolve("data"), all);
  }

  private static Batch batch() {
    Random random = new Random(7);
    ByteBuffer values =
        ByteBuffer.allocateDirect(IMAGES * 3 * 32 * 32 * Float.BYTES)
            .order(ByteOrder.nativeOrder());
    while (values.hasRemaining()) {
      values.putFloat((float) random.nextGaussian());
    }
    List<Image> images =
        IntStream.range(0, IMAGES)
            .mapToObj(i -> Image.normal("image" + i, "tiny", Split.TRAIN))
            .toList();
    return new Batch(images, values.flip(), List.of(), () -> {});
  }

  /** What a device computes in one step, with the state before and after it. */
  private record Computed(
      float[] map,
      double loss,
      double norm,
      Map<String, float[]> before,
      Map<String, float[]> after) {}

  private Computed compute(Device on, Execution execution, ExperimentSpec spec) {
    System.setProperty(Pass.EXECUTION, execution.name().toLowerCase(Locale.ROOT));
    try (Batch batch = batch();
        PartsInUse parts = new PartsInUse(training.services.plugins());
        AnomalyNetwork network = training.services.composer().untrained(spec, parts, on);
        TrainStep step = step(on, network, spec);
        NDManager manager = training.services.engine().newManager(on)) {
      NDArray images =
          manager.create(
              batch.values().duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer(),
              new Shape(IMAGES, 3, 32, 32));
      float[] map = network.anomalyMaps(images, Pass.inference()).toFloatArray();
      Map<String, float[]> before = state(step);
      double loss = step.accumulate(batch, 0, 1);
      double norm = step.clip();
      step.apply(RATE);
      return new Computed(map, loss, norm, before, state(step));
    } finally {
      System.clearProperty(Pass.EXECUTION);
    }
  }

  private TrainStep step(Device on, AnomalyNetwork network, ExperimentSpec spec) {
    return new TrainStep(
        training.services.engine(), on, training.services.checkpoints(), network, spec.train());
  }

  @Test
  void mapsLossGradientsAndAStepAreThoseOfTheCpu() {
    Computed expected = compute(Device.cpu(), Execution.DIRECT, spec());
    Computed actual = compute(device, Execution.OPTIMIZED, spec());
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float value : expected.map) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    for (int i = 0; i < expected.map.length; i++) {
      assertEquals(expected.map[i], actual.map[i], CLOSE * (high - low), "map");
    }
    assertEquals(expected.loss, actual.loss, CLOSE * expected.loss, "loss");
    assertEquals(expected.norm, actual.norm, CLOSE * expected.norm, "norm of the gradients");
    expected.before.forEach(
        (name, values) -> assertArrayEquals(values, actual.before.get(name), "begins: " + name));
    compareSteps(expected, actual);
  }

  /** AdamW's first mean of gradients is a tenth of the clipped gradient. */
  private static void compareSteps(Computed expected, Computed actual) {
    double difference = 0;
    double size = 0;
    double step = 0;
    long values = 0;
    for (String name : expected.after.keySet()) {
      float[] a = expected.after.get(name);
      float[] b = actual.after.get(name);
      boolean gradient = name.contains(".exp_avg.");
      boolean parameter = !name.contains("optimizer");
      for (int i = 0; i < a.length; i++) {
        difference += gradient ? Math.pow(a[i] - b[i], 2) : 0;
        size += gradient ? Math.pow(a[i], 2) : 0;
        step += parameter ? Math.abs(a[i] - b[i]) : 0;
        values += parameter ? 1 : 0;
      }
    }
    assertTrue(size > 0 && values > 0);
    assertTrue(
        Math.sqrt(difference / size) < 10 * CLOSE, "gradients: " + Math.sqrt(difference / size));
    assertTrue(step / values < MEAN_STEP * RATE, "step: " + step / values / RATE);
  }

  /** A copy: what is saved may be the tensors' own memory. */
  private static Map<String, float[]> state(TrainStep step) {
    Map<String, float[]> state = new LinkedHashMap<>();
    step.save()
        .forEach(
            (name, data) -> {
              assertEquals("F32", data.type());
              ByteBuffer bytes = data.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
              float[] values = new float[bytes.remaining() / Float.BYTES];
              bytes.asFloatBuffer().get(values);
              state.put(name, values);
            });
    return state;
  }

  /** What is saved on the device goes on there as if nothing had happened. */
  @Test
  void aStateThatIsSavedAndLoadedGoesOnAlike() {
    ExperimentSpec spec = spec();
    try (Batch batch = batch();
        PartsInUse parts = new PartsInUse(training.services.plugins());
        AnomalyNetwork first = training.services.composer().untrained(spec, parts, device);
        AnomalyNetwork second = training.services.composer().untrained(spec, parts, device);
        TrainStep whole = step(device, first, spec);
        TrainStep resumed = step(device, second, spec)) {
      whole.accumulate(batch, 0, 1);
      whole.clip();
      whole.apply(RATE);
      resumed.load(new Checkpoint("test", whole.save(), Map.of(), List.of()));
      double expected = whole.accumulate(batch, 1, 1);
      assertEquals(expected, resumed.accumulate(batch, 1, 1), CLOSE * expected / 100);
      assertEquals(whole.clip(), resumed.clip(), CLOSE * expected / 100);
    }
  }

  /** Training in bfloat16 goes nearly the same way, and its weights are float32. */
  @Test
  void mixedPrecisionIsCloseAndKeepsItsWeights() {
    Computed exact = compute(device, Execution.OPTIMIZED, spec());
    Computed mixed = compute(device, Execution.OPTIMIZED, spec("train.precision=bfloat16"));
    assertArrayEquals(exact.map, mixed.map, "prediction stays float32");
    assertTrue(exact.loss != mixed.loss);
    assertEquals(exact.loss, mixed.loss, 0.02 * exact.loss);
    assertEquals(exact.norm, mixed.norm, 0.2 * exact.norm);
  }

  /**
   * Reading a number makes the host wait for the device. A step reads the loss and the gradients'
   * norm, both in Java; inside, PyTorch reads nothing. Its AdamW for the CPU reads its own counter.
   */
  @Test
  void aStepReadsNothingButLossAndNorm() throws Exception {
    ExperimentSpec spec = spec();
    try (Batch batch = batch();
        PartsInUse parts = new PartsInUse(training.services.plugins());
        AnomalyNetwork network = training.services.composer().untrained(spec, parts, device);
        TrainStep step = step(device, network, spec)) {
      step.accumulate(batch, 0, 1); // what is made once
      assertEquals(0, reads(() -> step.accumulate(batch, 1, 1) + step.clip()));
      int counters =
          reads(
              () -> {
                step.apply(RATE);
                return null;
              });
      long trained =
          network.parameters().parameters().stream().filter(Parameter::trainable).count();
      assertEquals(device.isGpu() ? 0 : trained, counters);
    }
  }

  /** How often PyTorch reads a number from a device. */
  private int reads(Callable<Object> work) throws Exception {
    Path trace = folder.resolve("trace.json");
    JniUtils.startProfile(false, false, false);
    try {
      work.call();
    } finally {
      JniUtils.stopProfile(trace.toString());
    }
    return Files.readString(trace).split("\"aten::_local_scalar_dense\"", -1).length - 1;
  }

  @Test
  void aRunTrainsOnTheDevice() throws IOException {
    TinyDataset.write(folder.resolve("data"), 4, 1, 32);
    var result =
        training.train(
            spec("train.device=" + NAME, "train.epochs=1", "train.precision=bfloat16"),
            folder.resolve("run"),
            false,
            Progress.NONE);
    assertEquals(1, result.history().size());
    assertTrue(Files.readString(folder.resolve("run/environment.json")).contains(NAME));
  }
}
