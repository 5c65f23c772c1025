/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.checkpoint.TensorData;
import uniass.api.data.Batch;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.AnomalyNetwork.Painted;
import uniass.api.network.NetworkShape;
import uniass.inference.experiment.TrainSpec;
import uniass.inference.model.ModelLoader;
import uniass.inference.pipeline.BusyTime;
import uniass.tensor.AdamW;
import uniass.tensor.EngineReady;
import uniass.tensor.Gradients;
import uniass.tensor.MovingAverage;
import uniass.tensor.Ops;
import uniass.tensor.Parameter;
import uniass.tensor.Pass;
import uniass.tensor.Precision;
import uniass.tensor.Scopes;
import uniass.tensor.Seeds;
import uniass.tensor.TensorValues;

/**
 * The operations that make a training step, and the tensors that they work on: the network, its
 * gradients, the optimizer's state, the averaged parameters.
 */
final class TrainStep implements AutoCloseable {

  private static final String OPTIMIZER = ModelLoader.STATE_PREFIX + "optimizer.";
  private static final String AVERAGE = ModelLoader.STATE_PREFIX + "average.";

  private final EngineReady engine;
  private final Device device;
  private final Checkpoints checkpoints;
  private final AnomalyNetwork network;
  private final TrainSpec spec;
  private final Gradients gradients;
  private final AdamW optimizer;
  private final MovingAverage average;
  private final BusyTime busy = new BusyTime();

  TrainStep(
      EngineReady engine,
      Device device,
      Checkpoints checkpoints,
      AnomalyNetwork network,
      TrainSpec spec) {
    this.engine = engine;
    this.device = device;
    this.checkpoints = checkpoints;
    this.network = network;
    this.spec = spec;
    this.gradients = new Gradients(network.parameters());
    this.optimizer = new AdamW(network.parameters(), AdamW.Settings.decay(spec.weightDecay()));
    this.average = spec.ema() > 0 ? new MovingAverage(network.parameters(), spec.ema()) : null;
  }

  /** The network that is trained. */
  AnomalyNetwork network() {
    return network;
  }

  /** Where it computes. */
  Device device() {
    return device;
  }

  /** Begins to measure how much of the time goes into the network's operations. */
  void startTiming() {
    busy.restart();
  }

  /** The share of the time that went into them, in words. */
  String timing() {
    return busy.share();
  }

  /**
   * Adds the gradients of a batch.
   *
   * @param number the batch's number in the run, which decides its randomness
   * @param weight of the batch within its step
   * @return the loss
   */
  double accumulate(Batch batch, long number, double weight) {
    Pass pass = training(number);
    return busy.in(
        () ->
            with(
                batch,
                images -> {
                  Optional<Painted> painted =
                      PaintedTwins.of(batch, network.shape(), images.getManager());
                  return gradients.accumulate(
                      weight,
                      () -> spec.precision().in(() -> network.trainingLoss(images, painted, pass)));
                }));
  }

  /** A batch's pass; what is fused for the CPU knows no other precision than float32. */
  private Pass training(long number) {
    Pass pass = Pass.training(Seeds.of(spec.seed(), number));
    return spec.precision() == Precision.FLOAT32 ? pass : pass.with(Pass.Execution.DIRECT);
  }

  /** The loss of a batch as prediction sees it: no dropout, no jitter, no gradient. */
  double loss(Batch batch) {
    return with(batch, images -> TensorValues.scalar(network.loss(images, Pass.inference())));
  }

  /** Computes with a batch's images; frees them and what belongs to their manager. */
  private <T> T with(Batch batch, Function<NDArray, T> work) {
    NetworkShape shape = network.shape();
    Shape images = new Shape(batch.size(), 3, shape.imageHeight(), shape.imageWidth());
    try (NDManager manager = engine.newManager(device)) {
      return work.apply(manager.create(batch.values(), images, DataType.FLOAT32));
    }
  }

  /** Clips the gradients and returns their norm before. */
  double clip() {
    return busy.in(() -> spec.clip() > 0 ? gradients.clip(spec.clip()) : gradients.norm());
  }

  /** Changes the parameters, and forgets the gradients. */
  void apply(double rate) {
    busy.in(
        () -> {
          optimizer.step(gradients, rate);
          gradients.zero();
          if (average != null) {
            average.update();
          }
          return null;
        });
  }

  /** Forgets the gradients. */
  void forget() {
    gradients.zero();
  }

  /** Says, in brackets, of which parameter the gradient is not finite. */
  Optional<String> whereNotFinite() {
    return gradients
        .firstNonFinite()
        .map(name -> " (that of '" + name + "')")
        .or(
            () ->
                largest()
                    .map(name -> " (its norm overflows; the largest is that of '" + name + "')"));
  }

  /** The parameter with the largest element of a gradient. */
  private Optional<String> largest() {
    String largest = null;
    float most = -1;
    for (Parameter parameter : network.parameters().parameters()) {
      float[] gradient = parameter.trainable() ? gradients.of(parameter.name()) : null;
      for (int i = 0; gradient != null && i < gradient.length; i++) {
        if (Math.abs(gradient[i]) > most) {
          most = Math.abs(gradient[i]);
          largest = parameter.name();
        }
      }
    }
    return Optional.ofNullable(largest);
  }

  /** The first stage of a batch's forward pass whose values are not all finite. */
  Optional<String> firstNonFiniteStage(Batch batch, long number) {
    AtomicReference<String> first = new AtomicReference<>();
    Pass pass =
        training(number)
            .withProbe(
                (stage, value) -> {
                  if (first.get() == null
                      && !Double.isFinite(TensorValues.scalar(Ops.mean(value)))) {
                    first.set(stage);
                  }
                });
    with(
        batch,
        images ->
            Scopes.withoutGradients(
                () ->
                    Scopes.keepOne(
                        () ->
                            network.trainingLoss(
                                images,
                                PaintedTwins.of(batch, network.shape(), images.getManager()),
                                pass))));
    return Optional.ofNullable(first.get());
  }

  /** Does something with the averaged values in place, if there are any. */
  void averaged(Runnable work) {
    if (average == null) {
      work.run();
      return;
    }
    average.swap();
    try {
      work.run();
    } finally {
      average.swap();
    }
  }

  /** All tensors that resuming needs. */
  Map<String, TensorData> save() {
    Map<String, TensorData> tensors = new LinkedHashMap<>(checkpoints.save(network.parameters()));
    optimizer.state().forEach(p -> tensors.put(OPTIMIZER + p.name(), data(p)));
    if (average != null) {
      average.averages().forEach(p -> tensors.put(AVERAGE + p.name(), data(p)));
    }
    return tensors;
  }

  /** Puts everything back as it was saved. */
  void load(Checkpoint checkpoint) {
    checkpoints.load(checkpoint, network.parameters(), "");
    restore(checkpoint, OPTIMIZER, optimizer.state());
    if (average != null) {
      restore(checkpoint, AVERAGE, average.averages());
    }
    network.parameters().allChanged();
  }

  /** Puts the values that a checkpoint would predict with into the network. */
  void choose(Checkpoint checkpoint) {
    checkpoints.load(checkpoint, network.parameters(), "");
    if (average != null) {
      restore(checkpoint, AVERAGE, average.averages());
      average.swap();
    }
    network.parameters().allChanged();
  }

  /** Puts the averaged values into the network for good. */
  void chooseAverage() {
    if (average != null) {
      average.swap();
    }
  }

  private static TensorData data(Parameter parameter) {
    float[] values = parameter.value().toFloatArray();
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return new TensorData("F32", parameter.value().getShape().getShape(), bytes);
  }

  private void restore(Checkpoint checkpoint, String prefix, Collection<Parameter> targets) {
    for (Parameter target : targets) {
      TensorData data = checkpoint.tensors().get(prefix + target.name());
      if (data == null) {
        throw new UniassException(
            "the checkpoint lacks '"
                + prefix
                + target.name()
                + "', so training cannot go on from it");
      }
      ByteBuffer bytes = data.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
      float[] values = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(values);
      try (NDManager manager = engine.newManager(device)) {
        TensorValues.copy(TensorValues.create(manager, values, data.shape()), target.value());
      }
    }
  }

  @Override
  public void close() {
    if (average != null) {
      average.close();
    }
    optimizer.close();
  }
}
