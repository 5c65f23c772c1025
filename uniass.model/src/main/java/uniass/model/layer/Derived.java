/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.function.Supplier;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/**
 * Tensors computed from parameters (folded, composed or transformed weights): once per version of
 * the parameters in inference, in every step with gradients in training, where the parameters
 * change. Safe for several threads; parameters must not change while others compute.
 */
public final class Derived {

  private final ParameterScope scope;
  private final boolean constant;
  private final Supplier<NDList> computation;
  private NDList values;
  private long version;

  private Derived(ParameterScope scope, boolean constant, Supplier<NDList> computation) {
    this.scope = scope;
    this.constant = constant;
    this.computation = computation;
  }

  /** Of parameters that training changes. */
  public static Derived of(ParameterScope scope, Supplier<NDList> computation) {
    return new Derived(scope, false, computation);
  }

  /** Of frozen parameters, for which training is no different. */
  public static Derived ofFrozen(ParameterScope scope, Supplier<NDList> computation) {
    return new Derived(scope.frozen(), true, computation);
  }

  /** Returns the tensors; do not close them. */
  public NDList get(Pass pass) {
    return pass.training() && !constant ? computation.get() : cached();
  }

  /** Returns the only tensor. */
  public NDArray one(Pass pass) {
    return get(pass).get(0);
  }

  private synchronized NDList cached() {
    long now = scope.version();
    if (values == null || version != now) {
      NDList before = values;
      values = compute();
      version = now;
      if (before != null) {
        before.close();
      }
    }
    return values;
  }

  private NDList compute() {
    NDList results = Scopes.withoutGradients(() -> Scopes.keep(() -> computation.get()));
    results.forEach(
        result -> {
          NDScope.unregister(result);
          result.attach(scope.manager());
        });
    return results;
  }
}
