/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import uniass.gateway.InspectionResult;
import uniass.gateway.RefusedException;
import uniass.gateway.RefusedException.Reason;

/** An image on its way through a station. */
final class Job {

  private final Station station;
  private final String name;
  private final byte[] file;
  private final Instant taken;
  private final long arrived = System.nanoTime();
  private final CompletableFuture<InspectionResult> future = new CompletableFuture<>();

  Job(Station station, String name, byte[] file, Instant taken) {
    this.station = station;
    this.name = name;
    this.file = file;
    this.taken = taken;
  }

  Station station() {
    return station;
  }

  String name() {
    return name;
  }

  byte[] file() {
    return file;
  }

  Instant taken() {
    return taken;
  }

  long arrived() {
    return arrived;
  }

  CompletableFuture<InspectionResult> future() {
    return future;
  }

  /** Ends it, if its deadline has passed or nobody waits any more. */
  boolean isOver() {
    if (future.isDone()) {
      return true;
    }
    long waited = System.nanoTime() - arrived;
    if (waited <= station.deadlineNanos()) {
      return false;
    }
    fail(
        Reason.LATE,
        "the image was not inspected within %d ms".formatted(station.deadlineNanos() / 1_000_000));
    return true;
  }

  void fail(Reason reason, String message) {
    fail(new RefusedException(reason, message));
  }

  void fail(RefusedException refusal) {
    station.counters().refused(refusal.reason());
    future.completeExceptionally(refusal);
  }
}
