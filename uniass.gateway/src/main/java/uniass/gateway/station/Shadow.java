/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.api.inspection.Prediction.Verdict;
import uniass.api.inspection.PreparedImage;
import uniass.gateway.InspectionResult;
import uniass.gateway.results.Seen;
import uniass.gateway.station.Comparison.Pair;

/**
 * A model that sees the images of a station after the model in use has judged them, and only while
 * that has nothing to do. Images for which there is no time are left out and counted.
 */
final class Shadow implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Shadow.class);

  private static final int WAITING = 8;
  private static final long LOOK_MILLIS = 5;

  private final Lane lane;
  private final Judge judge;
  private final Comparison comparison;
  private final BooleanSupplier busy;
  private final BiConsumer<InspectionResult, Seen> disagreement;
  private final BlockingQueue<Task> tasks = new ArrayBlockingQueue<>(WAITING);
  private final Thread thread = new Thread(this::run, "uniass-shadow");
  private volatile boolean closed;

  private record Task(InspectionResult result, Seen seen) {}

  /**
   * Begins.
   *
   * @param lane the model's, whose owner closes it after this
   * @param busy whether the model in use has images to inspect
   * @param disagreement takes what the models do not agree about
   */
  Shadow(
      Lane lane,
      Judge judge,
      Comparison comparison,
      BooleanSupplier busy,
      BiConsumer<InspectionResult, Seen> disagreement) {
    this.lane = lane;
    this.judge = judge;
    this.comparison = comparison;
    this.busy = busy;
    this.disagreement = disagreement;
    thread.setDaemon(true);
    thread.start();
  }

  Lane lane() {
    return lane;
  }

  Comparison comparison() {
    return comparison;
  }

  void offer(InspectionResult result, Seen seen) {
    if (!tasks.offer(new Task(result, seen))) {
      comparison.skip();
    }
  }

  private void run() {
    try {
      while (!closed) {
        Task task = tasks.poll(LOOK_MILLIS * 20, TimeUnit.MILLISECONDS);
        while (task != null && !closed && busy.getAsBoolean()) {
          Thread.sleep(LOOK_MILLIS);
        }
        if (task != null && !closed) {
          look(task);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("interrupted", e);
    }
  }

  private void look(Task task) {
    try {
      PreparedImage image = lane.inspector().prepare(task.seen().name(), task.seen().image());
      double score = lane.inspector().score(lane.inspector().maps(List.of(image)).get(0));
      Pair pair =
          new Pair(
              task.result().id(),
              task.result().score(),
              lower(task.result().verdict()),
              score,
              lower(judge.verdict(score)));
      comparison.add(pair);
      if (!pair.agrees()) {
        disagreement.accept(task.result(), task.seen());
      }
    } catch (UniassException e) {
      comparison.skip();
      LOG.warn("The model {} could not see an image: {}", comparison.model(), e.getMessage());
    } catch (RuntimeException | Error e) {
      comparison.skip();
      LOG.error("The model {} could not see an image: {}", comparison.model(), e.toString());
      LOG.debug("shadow", e);
    }
  }

  private static String lower(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  /** Ends after the image that it looks at. */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
