/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import uniass.gateway.InspectionResult;
import uniass.gateway.RefusedException;
import uniass.gateway.RefusedException.Reason;
import uniass.gateway.Stations;

/**
 * Images of one request on their way through a station. If its queue is full, the next one goes
 * there when the oldest is done; no thread waits for that.
 */
final class Several {

  private final Stations stations;
  private final String station;
  private final List<byte[]> images;
  private final Executor executor;
  private final List<CompletableFuture<InspectionResult>> underWay = new ArrayList<>();
  private final CompletableFuture<List<CompletableFuture<InspectionResult>>> all =
      new CompletableFuture<>();

  /**
   * Prepares.
   *
   * @param executor goes on when there is room
   */
  Several(Stations stations, String station, List<byte[]> images, Executor executor) {
    this.stations = stations;
    this.station = station;
    this.images = images;
    this.executor = executor;
  }

  /**
   * Begins with as many as the station takes.
   *
   * @return what became of each image, in their order, when all are done; fails if the station
   *     takes none at all
   */
  CompletableFuture<List<CompletableFuture<InspectionResult>>> begin() {
    next();
    return all;
  }

  private void next() {
    try {
      while (underWay.size() < images.size()) {
        Optional<CompletableFuture<InspectionResult>> inTheWay = submit(underWay.size());
        if (inTheWay.isPresent()) {
          inTheWay.get().whenCompleteAsync((result, refusal) -> next(), executor);
          return;
        }
      }
      CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new))
          .whenComplete((none, failure) -> all.complete(underWay));
    } catch (RuntimeException e) {
      all.completeExceptionally(e);
    }
  }

  /** Hands an image to the station, or says for which one it must wait. */
  private Optional<CompletableFuture<InspectionResult>> submit(int number) {
    try {
      underWay.add(stations.submit(station, "image " + (number + 1), images.get(number)));
    } catch (RefusedException e) {
      if (e.reason() == Reason.UNKNOWN_STATION || e.reason() == Reason.NOT_READY) {
        throw e; // of all of them
      }
      var oldest = underWay.stream().filter(future -> !future.isDone()).findFirst();
      if (e.reason() == Reason.FULL && oldest.isPresent()) {
        return oldest;
      }
      underWay.add(CompletableFuture.failedFuture(e));
    }
    return Optional.empty();
  }
}
