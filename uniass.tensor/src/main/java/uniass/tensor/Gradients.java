/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The gradients of a network's trainable parameters. A training step is
 *
 * <pre>{@code
 * double loss = gradients.accumulate(() -> network.loss(images, Pass.training(seed)));
 * double norm = gradients.clip(0.1);
 * optimizer.step(gradients, learningRate);
 * gradients.zero();
 * }</pre>
 *
 * with several calls of {@link #accumulate} where a batch is too large for one. Each call frees
 * every tensor that it made; a step leaves nothing behind.
 */
public final class Gradients {

  /** The engine's random generator is one per process: passes of several runs take turns. */
  private static final ReentrantLock TURN = new ReentrantLock(true);

  private final List<Parameter> parameters;

  /** Takes the parameters that are trainable now. */
  public Gradients(ParameterStore store) {
    this.parameters = store.parameters().stream().filter(Parameter::trainable).toList();
  }

  /** Adds the gradients of a loss. See {@link #accumulate(double, Supplier)}. */
  public double accumulate(Supplier<NDArray> loss) {
    return accumulate(1, loss);
  }

  /**
   * Computes a loss and adds its gradients, times a weight, to those that are there. Waits while
   * another thread does the same: what seeds the engine's generator belongs inside.
   *
   * @param weight such as one over the number of parts that a batch is split into
   * @param loss computes a scalar; all tensors that it makes are freed before this returns
   * @return the loss's value, without the weight
   */
  public double accumulate(double weight, Supplier<NDArray> loss) {
    TURN.lock();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return Scopes.withGradients(true, () -> backward(weight, (PtNDArray) loss.get()));
    } finally {
      TURN.unlock();
    }
  }

  private static double backward(double weight, PtNDArray loss) {
    PtNDArray seed =
        (PtNDArray) loss.getManager().full(loss.getShape(), (float) weight, loss.getDataType());
    JniUtils.backward(loss, seed, false, false);
    return TensorValues.scalar(loss);
  }

  /** Returns the Euclidean norm of all gradients together; not finite if one of them is not. */
  public double norm() {
    return compute(0., gradients -> run("norm", gradients.tensors));
  }

  /**
   * Scales all gradients by max / (norm + 1e-6) where that is less than 1, as {@code
   * torch.nn.utils.clip_grad_norm_} does. Gradients whose norm is not finite are left as they are.
   *
   * @return the norm before
   */
  public double clip(double max) {
    return compute(0., gradients -> run("clip", gradients.tensors, max));
  }

  /** Returns the name of the first parameter whose gradient is not finite, if there is one. */
  public Optional<String> firstNonFinite() {
    return compute(
        Optional.empty(),
        gradients -> {
          boolean[] finite =
              TrainingScript.INSTANCE.apply("finite", gradients.tensors).toBooleanArray();
          for (int i = 0; i < finite.length; i++) {
            if (!finite[i]) {
              return Optional.of(gradients.parameters.get(i).name());
            }
          }
          return Optional.empty();
        });
  }

  /**
   * Returns a copy of a parameter's gradient, row-major, or null before the first backward pass.
   */
  public float[] of(String name) {
    return compute(
        null,
        gradients -> {
          for (int i = 0; i < gradients.parameters.size(); i++) {
            if (gradients.parameters.get(i).name().equals(name)) {
              return gradients.tensors.get(i).toFloatArray();
            }
          }
          return null;
        });
  }

  /** Sets all gradients to zero. */
  public void zero() {
    compute(null, gradients -> TrainingScript.INSTANCE.apply("zero", gradients.tensors));
  }

  private static double run(String method, Object... arguments) {
    return TensorValues.scalar(TrainingScript.INSTANCE.apply(method, arguments));
  }

  /** Does something with the gradients that exist, unrecorded, and frees the handles to them. */
  <T> T compute(T otherwise, Function<Present, T> work) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return Scopes.withoutGradients(
          () -> {
            Present present = present();
            return present.parameters.isEmpty() ? otherwise : work.apply(present);
          });
    }
  }

  private Present present() {
    List<Parameter> with = new ArrayList<>();
    NDList tensors = new NDList(parameters.size());
    for (Parameter parameter : parameters) {
      // A new handle to the engine's tensor, which the scope closes.
      PtNDArray gradient = JniUtils.getGradient((PtNDArray) parameter.value());
      if (gradient != null) {
        with.add(parameter);
        tensors.add(gradient);
      }
    }
    return new Present(with, tensors);
  }

  /** The parameters that a backward pass has reached, with their gradients. */
  record Present(List<Parameter> parameters, NDList tensors) {}
}
