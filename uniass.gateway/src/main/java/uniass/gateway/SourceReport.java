/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.gateway.RefusedException.Reason;

/**
 * Counts what a source of images does, and says in the log what is wrong: once, however often it
 * happens, until an image is inspected again. Thread-safe.
 *
 * <pre>{@code
 * SourceReport report = new SourceReport("camera 7", "line3");
 * stations.submit("line3", "image", file).whenComplete((result, refusal) -> {
 *   if (refusal == null) report.inspected(); else report.failed(refusal.getMessage());
 * });
 * }</pre>
 */
public final class SourceReport implements ImageSource {

  private static final Logger LOG = LoggerFactory.getLogger(SourceReport.class);

  private final String name;
  private final String station;
  private long inspected;
  private long failed;
  private String failure = "";
  private String lastError = "";
  private Instant lastErrorTime;
  private boolean isFailing;
  private boolean isSaid;

  /** Begins with a source that works. */
  public SourceReport(String name, String station) {
    this.name = name;
    this.station = station;
  }

  /** An image has its result. */
  public synchronized void inspected() {
    inspected++;
    works();
    if (isFailing) {
      LOG.info("Source '{}': images are inspected again; {} had no result", name, failed);
    }
    isFailing = false;
  }

  /** An image has no result, and is given up. */
  public synchronized void failed(String why) {
    gaveUp(why);
    if (!isFailing) {
      LOG.warn("Source '{}': an image has no result: {}", name, why);
    }
    isFailing = true;
  }

  private void gaveUp(String why) {
    failed++;
    lastError = why;
    lastErrorTime = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The same; of an unknown station the gateway says it, for all sources. */
  public synchronized void failed(RefusedException refusal) {
    if (refusal.reason() == Reason.UNKNOWN_STATION) {
      gaveUp(refusal.getMessage());
    } else {
      failed(refusal.getMessage());
    }
  }

  /** Images cannot be taken for now. */
  public synchronized void stuck(String why) {
    if (!why.equals(failure)) {
      LOG.warn("Source '{}': {}", name, why);
    }
    failure = why;
    isSaid = true;
  }

  /** Images cannot be taken for now. An unknown station is said by the gateway, for all sources. */
  public synchronized void stuck(RefusedException refusal) {
    if (refusal.reason() == Reason.UNKNOWN_STATION) {
      failure = refusal.getMessage();
      isSaid = false;
    } else {
      stuck(refusal.getMessage());
    }
  }

  /** Images can be taken. */
  public synchronized void works() {
    if (!failure.isEmpty() && isSaid) {
      LOG.info("Source '{}' works again", name);
    }
    failure = "";
  }

  @Override
  public synchronized SourceStatus status() {
    return new SourceStatus(
        name, station, inspected, failed, failure, lastError, Optional.ofNullable(lastErrorTime));
  }
}
