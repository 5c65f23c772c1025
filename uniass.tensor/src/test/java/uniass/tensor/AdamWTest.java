/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdamWTest {

  private static final float[] START = {1, -2, 3e-3f, 0};

  private final ParameterStore store = newStore();

  private static ParameterStore newStore() {
    return new ParameterStore(Engines.load().newManager(Device.cpu()), 1);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /**
   * The loss's gradient is t times (1, 1e-6, -20, 0) in step t: small ones show where eps stands.
   */
  private static void step(NDArray w, Gradients gradients, AdamW optimizer, int t, double rate) {
    gradients.zero();
    gradients.accumulate(
        () ->
            Ops.mul(w, t)
                .mul(TensorValues.create(w.getManager(), new float[] {1, 1e-6f, -20, 0}, 4))
                .sum());
    optimizer.step(gradients, rate);
  }

  private static NDArray parameter(ParameterStore store) {
    Init start = (values, shape, random) -> System.arraycopy(START, 0, values, 0, 4);
    return store.root().parameter("w", start, 4);
  }

  @Test
  void followsTheFormula() {
    NDArray w = parameter(store);
    Gradients gradients = new Gradients(store);
    double[] p = {1, -2, 3e-3f, 0};
    double[] m = new double[4];
    double[] v = new double[4];
    double[] direction = {1, 1e-6f, -20, 0};
    try (AdamW optimizer = new AdamW(store, AdamW.Settings.decay(0.01))) {
      for (int t = 1; t <= 25; t++) {
        double rate = 0.01 / t;
        step(w, gradients, optimizer, t, rate);
        for (int i = 0; i < 4; i++) {
          double g = t * direction[i];
          p[i] *= 1 - rate * 0.01;
          m[i] = 0.9 * m[i] + 0.1 * g;
          v[i] = 0.999 * v[i] + 0.001 * g * g;
          p[i] -=
              rate
                  * (m[i] / (1 - Math.pow(0.9, t)))
                  / (Math.sqrt(v[i] / (1 - Math.pow(0.999, t))) + 1e-8);
        }
        for (int i = 0; i < 4; i++) {
          assertEquals(p[i], w.getFloat(i), 2e-7 + 2e-6 * Math.abs(p[i]), "step " + t);
        }
      }
      assertEquals(25, optimizer.steps());
    }
  }

  @Test
  void resumesFromItsState() {
    NDArray w = parameter(store);
    Gradients gradients = new Gradients(store);
    try (AdamW optimizer = new AdamW(store, AdamW.Settings.decay(0.01));
        ParameterStore other = newStore()) {
      for (int t = 1; t <= 3; t++) {
        step(w, gradients, optimizer, t, 0.01);
      }
      NDArray resumed = parameter(other);
      TensorValues.copy(w, resumed);
      try (AdamW next = new AdamW(other, AdamW.Settings.decay(0.01))) {
        assertEquals(
            List.of("step", "exp_avg.w", "exp_avg_sq.w"),
            next.state().stream().map(Parameter::name).toList());
        Iterator<Parameter> targets = next.state().iterator();
        optimizer.state().forEach(p -> TensorValues.copy(p.value(), targets.next().value()));
        assertEquals(3, next.steps());
        Gradients otherGradients = new Gradients(other);
        for (int t = 4; t <= 6; t++) {
          step(w, gradients, optimizer, t, 0.01);
          step(resumed, otherGradients, next, t, 0.01);
        }
      }
      assertArrayEquals(w.toFloatArray(), resumed.toFloatArray());
    }
  }

  @Test
  void aParameterThatNoGradientReachesStays() {
    NDArray w = parameter(store);
    NDArray unused = store.root().parameter("unused", Init.ones(), 2);
    Gradients gradients = new Gradients(store);
    try (AdamW optimizer = new AdamW(store, AdamW.Settings.decay(0.1))) {
      step(w, gradients, optimizer, 1, 0.1);
    }
    assertArrayEquals(new float[] {1, 1}, unused.toFloatArray());
  }

  @Test
  void tellsThePartsThatValuesChanged() {
    NDArray w = parameter(store);
    long before = store.root().version();
    try (AdamW optimizer = new AdamW(store, AdamW.Settings.decay(0))) {
      step(w, new Gradients(store), optimizer, 1, 0.1);
    }
    assertEquals(before + 1, store.root().version());
  }

  @Test
  void movingAverage() {
    NDArray w = parameter(store);
    try (MovingAverage average = new MovingAverage(store, 0.75)) {
      TensorValues.copy(TensorValues.create(store.manager(), new float[] {5, 2, 3e-3f, 4}, 4), w);
      average.update();
      assertArrayEquals(
          new float[] {2, -1, 3e-3f, 1},
          average.averages().iterator().next().value().toFloatArray(),
          1e-6f);
      average.swap();
      assertArrayEquals(new float[] {2, -1, 3e-3f, 1}, w.toFloatArray(), 1e-6f);
      average.swap();
      assertArrayEquals(new float[] {5, 2, 3e-3f, 4}, w.toFloatArray());
    }
  }
}
