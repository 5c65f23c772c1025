/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** All parameters of one network, in the order of their creation. */
public final class ParameterStore implements AutoCloseable {

  private final NDManager manager;
  private final long seed;
  private final FasterLayers faster;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Set<String> growing = new HashSet<>();
  private volatile long version;
  private volatile long frozenVersion;

  /**
   * Creates an empty store.
   *
   * @param manager owns the tensors; closed with the store
   * @param seed decides the first values
   */
  public ParameterStore(NDManager manager, long seed) {
    this(manager, seed, (layer, scope) -> layer);
  }

  /**
   * Creates an empty store for a network of which parts may be computed faster.
   *
   * @param manager owns the tensors; closed with the store
   * @param seed decides the first values
   * @param faster what {@link ParameterScope#faster} asks
   */
  public ParameterStore(NDManager manager, long seed, FasterLayers faster) {
    this.manager = manager;
    this.seed = seed;
    this.faster = faster;
  }

  /** Returns the scope with the empty name. */
  public ParameterScope root() {
    return new ParameterScope(this, "", false);
  }

  /** Returns all parameters in the order of their creation. */
  public Collection<Parameter> parameters() {
    return Collections.unmodifiableCollection(parameters.values());
  }

  /** Returns the parameter of a full name, or null. */
  public Parameter get(String name) {
    return parameters.get(name);
  }

  /** Returns the manager that owns the tensors. */
  public NDManager manager() {
    return manager;
  }

  /** Tells parts that trainable values have changed: after an optimizer's step. */
  public void trainableChanged() {
    version++;
  }

  /** Tells parts that any value may have changed: after loading. */
  public void allChanged() {
    version++;
    frozenVersion++;
  }

  long version() {
    return version;
  }

  long frozenVersion() {
    return frozenVersion;
  }

  FasterLayers faster() {
    return faster;
  }

  NDArray create(String name, boolean trainable, Init init, long... shape) {
    if (parameters.containsKey(name)) {
      throw new IllegalStateException("two parameters are named '" + name + "'");
    }
    Shape tensorShape = new Shape(shape);
    float[] values = new float[Math.toIntExact(tensorShape.size())];
    init.fill(values, shape, new SplittableRandom(hash(name) ^ seed * 0x9E3779B97F4A7C15L));
    NDArray value = TensorValues.create(manager, values, shape);
    NDScope.unregister(value);
    if (trainable) {
      value.setRequiresGradient(true);
    }
    value.setName(name);
    parameters.put(name, new Parameter(name, value, trainable));
    return value;
  }

  /** A buffer whose number of rows is known only when it is filled: one row of zeros. */
  void createRows(String name, long... row) {
    create(name, false, Init.zeros(), rows(1, row));
    growing.add(name);
  }

  /** Whether {@link #replaceRows} may give a parameter another number of rows. */
  public boolean grows(String name) {
    return growing.contains(name);
  }

  /**
   * Replaces the rows of a buffer that {@link ParameterScope#rows} created.
   *
   * @param values all rows, one after the other; their number follows
   * @throws IllegalArgumentException if the buffer does not grow, or these are not whole rows
   */
  public void replaceRows(String name, float[] values) {
    NDArray before = parameters.get(name).value();
    long[] row = Arrays.copyOfRange(before.getShape().getShape(), 1, before.getShape().dimension());
    long size = new Shape(row).size();
    if (!grows(name) || values.length == 0 || values.length % size != 0) {
      throw new IllegalArgumentException(
          "'%s' does not take %d values in rows of %d".formatted(name, values.length, size));
    }
    NDArray after = TensorValues.create(manager, values, rows(values.length / size, row));
    NDScope.unregister(after);
    after.setName(name);
    parameters.put(name, new Parameter(name, after, false));
    before.close();
    allChanged();
  }

  private static long[] rows(long count, long... row) {
    return LongStream.concat(LongStream.of(count), LongStream.of(row)).toArray();
  }

  /** FNV-1a, 64 bits. */
  private static long hash(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  @Override
  public void close() {
    manager.close();
  }
}
