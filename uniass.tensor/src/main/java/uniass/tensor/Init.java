/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Rule for a parameter's first value. Values come from a Java generator seeded by the run's seed
 * and the parameter's name, so they are equal on every machine and device.
 */
@FunctionalInterface
@ConsumerType
public interface Init {

  /**
   * Fills a new parameter.
   *
   * @param values the parameter's elements, row-major, to be written
   * @param shape the parameter's shape
   * @param random the parameter's own generator
   */
  void fill(float[] values, long[] shape, RandomGenerator random);

  /** All elements zero. */
  static Init zeros() {
    return constant(0f);
  }

  /** All elements one. */
  static Init ones() {
    return constant(1f);
  }

  /** All elements equal. */
  static Init constant(float value) {
    return (values, shape, random) -> java.util.Arrays.fill(values, value);
  }

  /** Normal with mean 0 and deviation 1. */
  static Init normal() {
    return (values, shape, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
    };
  }

  /** Uniform in [-bound, bound). */
  static Init uniform(double bound) {
    return (values, shape, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
    };
  }

  /** Uniform with bound sqrt(3 / fan_in): Caffe2's Xavier fill. Fan_in is taken from the shape. */
  static Init fanInXavier() {
    return (values, shape, random) ->
        uniform(Math.sqrt(3.0 / fanIn(shape))).fill(values, shape, random);
  }

  /** Uniform with bound 1 / sqrt(fan_in): PyTorch's default for convolutions and linear layers. */
  static Init fanInUniform() {
    return (values, shape, random) ->
        uniform(1 / Math.sqrt(fanIn(shape))).fill(values, shape, random);
  }

  /** Xavier-uniform (Glorot and Bengio 2010): bound sqrt(6 / (fan_in + fan_out)). */
  static Init xavierUniform() {
    return (values, shape, random) -> {
      long receptiveField = 1;
      for (int i = 2; i < shape.length; i++) {
        receptiveField *= shape[i];
      }
      double fans = (double) (shape[0] + shape[1]) * receptiveField;
      uniform(Math.sqrt(6 / fans)).fill(values, shape, random);
    };
  }

  /** Number of inputs that feed one output: the product of all sizes but the first. */
  static long fanIn(long[] shape) {
    long inputs = 1;
    for (int i = 1; i < shape.length; i++) {
      inputs *= shape[i];
    }
    return inputs;
  }
}
