/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import uniass.tensor.Parameter;
import uniass.tensor.ParameterStore;
import uniass.tensor.TensorValues;

/**
 * Deterministic weights and inputs: a tensor's values follow from its name alone (FNV-1a of the
 * name, splitmix64 finalizer per element), so that numbers computed elsewhere can be compared.
 */
public final class Fill {

  private static final double BACKBONE_GAIN = 1.4375;

  private Fill() {}

  /** Returns element i of a name's sequence, in [-1,1). */
  private static double signed(long hash, long i) {
    long z = hash + i * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return 2 * ((z >>> 40) / (double) (1 << 24)) - 1;
  }

  private static long hash(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  /** Returns c times a factor, as float. */
  public static float[] scaled(String name, long size, double factor) {
    long hash = hash(name);
    float[] values = new float[Math.toIntExact(size)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (signed(hash, i) * factor);
    }
    return values;
  }

  /** Returns a parameter's values by its full name and shape. */
  public static float[] parameter(String name, long... shape) {
    long size = 1;
    for (long side : shape) {
      size *= side;
    }
    if (shape.length >= 2) {
      double deviation = Math.sqrt(3.0 / (size / shape[0]));
      return scaled(
          name, size, name.startsWith("backbone.") ? BACKBONE_GAIN * deviation : deviation);
    }
    if (name.endsWith("running_var")) {
      return shifted(scaledDouble(name, size, 0.2), 1);
    }
    if (name.endsWith("running_mean")) {
      return scaled(name, size, 0.1);
    }
    if (name.endsWith(".weight")) {
      return shifted(scaledDouble(name, size, 0.1), 1);
    }
    return scaled(name, size, 0.05);
  }

  private static double[] scaledDouble(String name, long size, double factor) {
    long hash = hash(name);
    double[] values = new double[Math.toIntExact(size)];
    for (int i = 0; i < values.length; i++) {
      values[i] = signed(hash, i) * factor;
    }
    return values;
  }

  private static float[] shifted(double[] values, double shift) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) (shift + values[i]);
    }
    return result;
  }

  /** Gives all parameters their values. */
  public static void apply(ParameterStore store) {
    for (Parameter parameter : store.parameters()) {
      long[] shape = parameter.value().getShape().getShape();
      parameter.value().set(FloatBuffer.wrap(parameter(parameter.name(), shape)));
    }
    store.allChanged();
  }

  /** Returns the input of the stored runs. */
  public static NDArray input(NDManager manager, long... shape) {
    long size = 1;
    for (long side : shape) {
      size *= side;
    }
    return TensorValues.create(manager, scaled("input", size, 2), shape);
  }

  /** Returns noise of variance 1. */
  public static NDArray noise(String name, NDArray like) {
    long[] shape = like.getShape().getShape();
    return TensorValues.create(
        like.getManager(), scaled(name, like.getShape().size(), Math.sqrt(3)), shape);
  }
}
