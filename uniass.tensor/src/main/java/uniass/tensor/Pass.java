/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One forward pass: whether it trains, how it is to be executed, and its randomness. A pass is used
 * by one thread.
 */
public final class Pass {

  /** How a network computes what its parameters define; the results agree to rounding. */
  public enum Execution {
    /** Operation by operation, as the paper's code does. */
    DIRECT,
    /** Folded, fused and factorized where that is faster. */
    OPTIMIZED
  }

  /**
   * System property that chooses how passes are executed unless {@link #with} says it: {@code
   * direct}, to compare; anything else is {@link Execution#OPTIMIZED}.
   */
  public static final String EXECUTION = "uniass.execution";

  /** Beyond it, a multiple of 1/65536 is no longer close to a probability. */
  private static final double MOST_QUICK = 0.999;

  private final boolean training;
  private final Execution execution;
  private final RandomGenerator random;
  private final Noise noise;
  private final BiConsumer<String, NDArray> probe;

  private Pass(
      boolean training,
      Execution execution,
      RandomGenerator random,
      Noise noise,
      BiConsumer<String, NDArray> probe) {
    this.training = training;
    this.execution = execution;
    this.random = random;
    this.noise = noise;
    this.probe = probe;
  }

  /** A pass that only predicts. */
  public static Pass inference() {
    return new Pass(
        false, usual(), new SplittableRandom(0), (name, like) -> Ops.normalLike(like), null);
  }

  /**
   * A pass of one training step. It seeds the engine's generator, which is one per process, so that
   * equal seeds give equal dropout.
   *
   * @param seed belongs to this step alone
   */
  public static Pass training(long seed) {
    Ops.seed(seed);
    return new Pass(
        true, usual(), new SplittableRandom(seed), (name, like) -> Ops.normalLike(like), null);
  }

  private static Execution usual() {
    return "direct".equals(System.getProperty(EXECUTION)) ? Execution.DIRECT : Execution.OPTIMIZED;
  }

  /** Returns this pass with another execution. */
  public Pass with(Execution newExecution) {
    return new Pass(training, newExecution, random, noise, probe);
  }

  /** Returns a pass that only predicts, executed as this one. */
  public Pass predicting() {
    return inference().with(execution);
  }

  /** Returns this pass with another source of noise; for tests against stored numbers. */
  public Pass withNoise(Noise newNoise) {
    return new Pass(training, execution, random, newNoise, probe);
  }

  /** Returns this pass with a listener that is shown the named intermediate results. */
  public Pass withProbe(BiConsumer<String, NDArray> newProbe) {
    return new Pass(training, execution, random, noise, newProbe);
  }

  /** Whether dropout and jitter act. */
  public boolean training() {
    return training;
  }

  /** How to compute. */
  public Execution execution() {
    return execution;
  }

  /** Coin flips of this pass. */
  public RandomGenerator random() {
    return random;
  }

  /**
   * Returns noise of mean 0 and variance 1 in the shape of a tensor; the name tells tests which.
   */
  public NDArray noise(String name, NDArray like) {
    return noise.draw(name, like);
  }

  /**
   * Zeroes elements with the given probability and scales the others by 1 / (1 - probability), in
   * training; returns the input otherwise. The optimized execution rounds the probability to a
   * multiple of 1/65536.
   */
  public NDArray dropout(NDArray input, double probability) {
    if (!training || probability <= 0) {
      return input;
    }
    return execution == Execution.DIRECT || probability > MOST_QUICK
        ? Ops.dropout(input, probability)
        : Ops.quickDropout(input, probability);
  }

  /**
   * Computes a block. Outside training, every tensor made on the way but the result is freed at
   * once, instead of with the whole pass: large parts save memory and time with it. In training
   * nothing is freed before the backward pass, which may read tensors over Java memory.
   *
   * @param inputs tensors that the block may return unchanged
   */
  public NDArray scoped(Supplier<NDArray> block, NDArray... inputs) {
    return training ? block.get() : Scopes.keepOne(block, inputs);
  }

  /**
   * Like {@link #scoped(Supplier, NDArray...)}, with several tensors in the result.
   *
   * @param tensors lists those of the result, which are kept
   */
  public <T> T scoped(
      Supplier<T> block, Function<T, ? extends List<NDArray>> tensors, NDArray... inputs) {
    return training ? block.get() : Scopes.keep(block, tensors, inputs);
  }

  /** Shows an intermediate result to whoever listens, and returns it. */
  public NDArray probe(String stage, NDArray value) {
    if (probe != null) {
      probe.accept(stage, value);
    }
    return value;
  }

  /** A source of noise. */
  @FunctionalInterface
  public interface Noise {
    /** Draws noise of mean 0 and variance 1 in the shape of {@code like}. */
    NDArray draw(String name, NDArray like);
  }
}
