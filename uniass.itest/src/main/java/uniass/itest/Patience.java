/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Waits for conditions instead of for times. The bound is there for what hangs: a machine with much
 * else to do stays far below it.
 */
public final class Patience {

  /** The longest wait for anything. */
  public static final int SECONDS = 600;

  /** The same for {@code @InjectService}. */
  public static final int MILLISECONDS = SECONDS * 1000;

  private Patience() {}

  /**
   * Returns as soon as a condition holds.
   *
   * @param what the condition in words, for the message if it never does
   */
  public static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, () -> "waited in vain until " + what);
      Thread.sleep(20);
    }
  }
}
