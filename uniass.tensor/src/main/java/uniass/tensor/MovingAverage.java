/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * The exponential moving average of a network's trainable parameters, which often predicts better
 * than the last values do.
 */
public final class MovingAverage implements AutoCloseable {

  private final ParameterStore store;
  private final double decay;
  private final NDManager manager;
  private final List<Parameter> averages = new ArrayList<>();
  private final NDList values = new NDList();

  /**
   * Starts with the present values.
   *
   * @param decay part of the average that one update keeps, such as 0.999; in [0, 1)
   */
  public MovingAverage(ParameterStore store, double decay) {
    this.store = store;
    this.decay = decay;
    this.manager = store.manager().newSubManager();
    for (Parameter parameter : store.parameters()) {
      if (parameter.trainable()) {
        NDArray average = Scopes.withoutGradients(parameter.value()::duplicate);
        average.attach(manager);
        NDScope.unregister(average);
        averages.add(new Parameter(parameter.name(), average, false));
        values.add(parameter.value());
      }
    }
  }

  /** Moves the average toward the present values: a = decay a + (1 - decay) p. */
  public void update() {
    run("average", 1 - decay);
  }

  /**
   * Exchanges the network's values and their averages: to evaluate with the averages, swap,
   * evaluate and swap again.
   */
  public void swap() {
    run("swap");
    store.trainableChanged();
  }

  /** Returns the averages by the parameters' names; to resume, copy stored values in. */
  public Collection<Parameter> averages() {
    return Collections.unmodifiableCollection(averages);
  }

  /** Frees the averages. */
  @Override
  public void close() {
    manager.close();
  }

  private void run(String method, Object... more) {
    if (averages.isEmpty()) {
      return;
    }
    NDList targets = new NDList(averages.stream().map(Parameter::value).toArray(NDArray[]::new));
    Object[] arguments = new Object[more.length + 2];
    arguments[0] = targets;
    arguments[1] = values;
    System.arraycopy(more, 0, arguments, 2, more.length);
    Scopes.withoutGradients(
        () -> {
          TrainingScript.INSTANCE.apply(method, arguments).close();
          return null;
        });
  }
}
