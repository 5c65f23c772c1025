/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.gateway.Evidence;
import uniass.gateway.InspectionResult;
import uniass.gateway.VerdictSink;

/** Delivers results to one sink, in a thread of its own. */
final class Delivery {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private static final int MOST_WAITING = 10_000;
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;

  private final String name;
  private final VerdictSink sink;
  private final Function<String, Optional<Evidence>> evidence;
  private final Set<String> stations;
  private final Spool waiting;
  private final Thread thread;
  private long delivered;
  private long dropped;
  private String failure = "";
  private boolean closed;

  /**
   * Begins with what an earlier process left in the spool.
   *
   * @param stations whose results the sink takes; empty for all
   */
  Delivery(
      String name,
      VerdictSink sink,
      Set<String> stations,
      Spool waiting,
      Function<String, Optional<Evidence>> evidence) {
    this.name = name;
    this.sink = sink;
    this.stations = stations;
    this.waiting = waiting;
    this.evidence = evidence;
    this.thread = new Thread(this::run, "uniass-sink-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  synchronized void add(InspectionResult result) {
    if (!stations.isEmpty() && !stations.contains(result.station())) {
      return;
    }
    if (waiting.size() == MOST_WAITING) {
      waiting.removeFirst();
      dropped++;
    }
    waiting.add(result);
    notifyAll();
  }

  synchronized SinkStatus status() {
    return new SinkStatus(
        name,
        stations,
        delivered,
        dropped,
        waiting.size(),
        failure.isEmpty() ? sink.trouble() : failure);
  }

  private void run() {
    long pause = FIRST_PAUSE_MILLIS;
    try {
      while (true) {
        InspectionResult next = next();
        if (next == null) {
          return;
        }
        Optional<String> why = deliver(next);
        done(next, why);
        if (why.isPresent()) {
          pause(pause);
          pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        } else {
          pause = FIRST_PAUSE_MILLIS;
        }
      }
    } catch (InterruptedException e) {
      // the sink goes
    }
  }

  /** The oldest result that waits; null if the sink goes. */
  private synchronized InspectionResult next() throws InterruptedException {
    Optional<InspectionResult> first = waiting.first();
    while (first.isEmpty() && !closed) {
      wait();
      first = waiting.first();
    }
    return closed ? null : first.get();
  }

  private Optional<String> deliver(InspectionResult result) {
    try {
      sink.deliver(result, evidence.apply(result.id()));
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      LOG.debug("sink '{}'", name, e);
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private synchronized void done(InspectionResult result, Optional<String> why) {
    if (why.isEmpty()) {
      delivered++;
      waiting.remove(result.id());
    }
    if (why.isPresent() && failure.isEmpty()) {
      LOG.warn("Sink '{}' fails and will be tried again: {}", name, why.get());
    } else if (why.isEmpty() && !failure.isEmpty()) {
      LOG.info("Sink '{}' works again", name);
    }
    failure = why.orElse("");
  }

  private synchronized void pause(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = millis; left > 0 && !closed; ) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    if (closed) {
      throw new InterruptedException("closed");
    }
  }

  /** Ends with the result that is being delivered. */
  void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
