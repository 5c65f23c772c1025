/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import java.util.function.Function;

/** How many threads one operation may use, for all engines alike. */
public final class Threads {

  private static final String NUMBER = "[1-9]\\d{0,3}";

  private Threads() {}

  /**
   * The processors that this process may use, or fewer if that is what the user wants.
   *
   * @param settings returns a setting's value by its name, or null: {@code uniass.threads} is read
   * @throws IllegalStateException in one clear line if that is not a number from 1 to 9999
   */
  public static int allowed(Function<String, String> settings) {
    int threads = Runtime.getRuntime().availableProcessors();
    String wanted = settings.apply("uniass.threads");
    if (wanted != null) {
      if (!wanted.matches(NUMBER)) {
        throw new IllegalStateException(
            "UNIASS_THREADS (uniass.threads) is '" + wanted + "'; write a number >= 1");
      }
      threads = Math.min(threads, Integer.parseInt(wanted));
    }
    String openMp = System.getenv("OMP_NUM_THREADS");
    if (openMp != null && openMp.matches(NUMBER + "(,.*)?")) { // a list is for nested threads
      threads = Math.min(threads, Integer.parseInt(openMp.split(",")[0]));
    }
    return threads;
  }
}
