/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * AdamW (Loshchilov and Hutter, 2019) as PyTorch has it. In step t, for each value p with gradient
 * g:
 *
 * <pre>
 * p = p (1 - rate decay)
 * m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2
 * p = p - rate m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + eps)
 * </pre>
 *
 * A parameter that no backward pass has reached stays as it is.
 */
public final class AdamW implements AutoCloseable {

  private static final String STEP = "step";

  private final ParameterStore store;
  private final Settings settings;
  private final NDManager manager;
  private final Map<String, Parameter> state = new LinkedHashMap<>();

  /** Starts with an empty state for the parameters that are trainable now. */
  public AdamW(ParameterStore store, Settings settings) {
    this.store = store;
    this.settings = settings;
    this.manager = store.manager().newSubManager();
    add(STEP);
    for (Parameter parameter : store.parameters()) {
      if (parameter.trainable()) {
        long[] shape = parameter.value().getShape().getShape();
        add(first(parameter), shape);
        add(second(parameter), shape);
      }
    }
  }

  private void add(String name, long... shape) {
    NDArray zeros = manager.zeros(new Shape(shape));
    NDScope.unregister(zeros);
    state.put(name, new Parameter(name, zeros, false));
  }

  /** Changes the parameters once. */
  public void step(Gradients gradients, double learningRate) {
    gradients.compute(
        null,
        present -> {
          NDList values = new NDList();
          NDList m = new NDList();
          NDList v = new NDList();
          for (Parameter parameter : present.parameters()) {
            values.add(parameter.value());
            m.add(state.get(first(parameter)).value());
            v.add(state.get(second(parameter)).value());
          }
          return TrainingScript.INSTANCE.apply(
              "adamw",
              values,
              present.tensors(),
              m,
              v,
              state.get(STEP).value(),
              learningRate,
              settings.beta1,
              settings.beta2,
              settings.weightDecay,
              settings.eps);
        });
    store.trainableChanged();
  }

  /** Returns the number of steps done. */
  public long steps() {
    return (long) state.get(STEP).value().getFloat();
  }

  /**
   * Returns the state for checkpoints, in a fixed order: {@code step}, then for each parameter its
   * means of gradients, {@code exp_avg.NAME}, and of their squares, {@code exp_avg_sq.NAME}. To
   * resume, copy the stored values in ({@link TensorValues#copy}).
   */
  public Collection<Parameter> state() {
    return Collections.unmodifiableCollection(new ArrayList<>(state.values()));
  }

  /** Frees the state. */
  @Override
  public void close() {
    manager.close();
  }

  private static String first(Parameter parameter) {
    return "exp_avg." + parameter.name();
  }

  private static String second(Parameter parameter) {
    return "exp_avg_sq." + parameter.name();
  }

  /**
   * What stays the same in all steps.
   *
   * @param beta1 decay of the mean of gradients, in [0, 1)
   * @param beta2 decay of the mean of squared gradients, in [0, 1)
   * @param eps keeps the division from overflowing, greater than 0
   * @param weightDecay part of each value that is taken off per unit of learning rate, at least 0
   */
  public record Settings(double beta1, double beta2, double eps, double weightDecay) {

    /** Betas 0.9 and 0.999, eps 1e-8, with the given weight decay. */
    public static Settings decay(double weightDecay) {
      return new Settings(0.9, 0.999, 1e-8, weightDecay);
    }
  }
}
