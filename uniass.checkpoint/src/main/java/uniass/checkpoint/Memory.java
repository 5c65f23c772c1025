/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

/** Checks for memory before a large file is read, so that its lack is an error and not a crash. */
final class Memory {

  private Memory() {}

  /** Refuses what the heap cannot hold. */
  static void require(long bytes) throws BadFileException {
    Runtime runtime = Runtime.getRuntime();
    long largest = runtime.maxMemory();
    if (bytes <= largest / 8) {
      return;
    }
    long free = largest - runtime.totalMemory() + runtime.freeMemory();
    if (bytes > free) {
      System.gc(); // what is used includes garbage; only worth it for files as large as the heap
      free = largest - runtime.totalMemory() + runtime.freeMemory();
    }
    if (bytes > free) {
      throw new BadFileException(
          "requires "
              + (bytes >> 20)
              + " MiB of memory, but only "
              + (free >> 20)
              + " MiB are free; increase Java's heap (-Xmx)");
    }
  }
}
