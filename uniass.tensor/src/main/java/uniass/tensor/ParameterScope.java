/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * A place in a network's tree of names where a part puts its parameters. The names, joined by dots,
 * are the keys of checkpoints.
 */
public final class ParameterScope {

  private final ParameterStore store;
  private final String prefix;
  private final boolean frozen;

  ParameterScope(ParameterStore store, String prefix, boolean frozen) {
    this.store = store;
    this.prefix = prefix;
    this.frozen = frozen;
  }

  /** Returns the scope below this one with a further name, such as {@code layers.0}. */
  public ParameterScope child(String name) {
    return new ParameterScope(store, qualify(name), frozen);
  }

  /** Returns this scope with everything that is created in it left out of training. */
  public ParameterScope frozen() {
    return new ParameterScope(store, prefix, true);
  }

  /**
   * Creates a parameter of this scope.
   *
   * @param name the last part of its name, such as {@code weight}
   * @param init its first value
   * @param shape its shape
   * @return the tensor, owned by the store
   * @throws IllegalStateException if the name is taken
   */
  public NDArray parameter(String name, Init init, long... shape) {
    return store.create(qualify(name), !frozen, init, shape);
  }

  /** Creates a tensor that is saved with the network but never trained, such as a running mean. */
  public NDArray buffer(String name, Init init, long... shape) {
    return store.create(qualify(name), false, init, shape);
  }

  /**
   * Creates a buffer whose number of rows is not known yet, such as a bank of features. It starts
   * with one row of zeros; a model file brings as many as it has.
   *
   * @param row shape of a row
   */
  public Rows rows(String name, long... row) {
    store.createRows(qualify(name), row);
    return new Rows(store, qualify(name));
  }

  /**
   * Returns what is to compute a layer whose parameters lie in this scope.
   *
   * @param type what the layer is used as
   * @param layer as it is defined
   * @return the layer, or a faster form of it; see {@link FasterLayers}
   */
  public <L> L faster(Class<L> type, L layer) {
    return type.cast(store.faster().of(layer, this));
  }

  /** Returns the manager that lives as long as the network, for constants of a part. */
  public NDManager manager() {
    return store.manager();
  }

  /**
   * Returns the number of changes that the values have seen. Whatever a part derives from
   * parameters (folded or composed weights) is valid while this number stays.
   */
  public long version() {
    return frozen ? store.frozenVersion() : store.version();
  }

  private String qualify(String name) {
    return prefix.isEmpty() ? name : prefix + "." + name;
  }
}
