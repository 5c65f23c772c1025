/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import uniass.gateway.Timings;

/** When an image reached what, by {@link System#nanoTime}. */
record Moments(long arrived, long taken, long decoded, long started, long computed) {

  Timings timings() {
    return new Timings(
        millis(arrived, taken),
        millis(taken, decoded),
        millis(decoded, started),
        millis(started, computed),
        millis(arrived, System.nanoTime()));
  }

  private static double millis(long from, long to) {
    return (to - from) / 1e6;
  }
}
