/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.inspection.Prediction.Verdict;
import uniass.api.inspection.PreparedImage;
import uniass.api.metric.ThresholdCalibrator;
import uniass.gateway.InspectionResult;
import uniass.gateway.RefusedException;
import uniass.gateway.RefusedException.Reason;
import uniass.gateway.Region;
import uniass.gateway.StationStatus;
import uniass.gateway.StationStatus.State;
import uniass.gateway.Timings;
import uniass.gateway.results.ResultStore;
import uniass.gateway.results.Seen;

/** A place where images are inspected: a queue, a lane that it shares, a threshold. */
public final class Station {

  private final StationSettings settings;
  private final ResultStore results;
  private final Counters counters = new Counters();
  private final JobQueue queue;
  private volatile Link link = Link.without(State.LOADING, "its model is being opened");

  /** The lane is null until the model is open. */
  private record Link(State state, String detail, Lane lane, OptionalDouble threshold) {
    static Link without(State state, String detail) {
      return new Link(state, detail, null, OptionalDouble.empty());
    }
  }

  Station(StationSettings settings, ResultStore results) {
    this.settings = settings;
    this.results = results;
    this.queue = new JobQueue(settings.queue(), settings.dropsOldest());
  }

  /** What it has done. */
  public Counters counters() {
    return counters;
  }

  /** Its name. */
  public String name() {
    return settings.name();
  }

  StationSettings settings() {
    return settings;
  }

  long deadlineNanos() {
    return TimeUnit.MILLISECONDS.toNanos(settings.deadlineMillis());
  }

  /** Begins to inspect on a lane. */
  synchronized void open(Lane lane) {
    Map<String, Double> thresholds = lane.inspector().model().thresholds();
    String detail = "";
    if (thresholds.isEmpty()) {
      detail = "the model has no thresholds: scores, but no verdicts";
    }
    String category = settings.category().orElse(ThresholdCalibrator.ALL);
    if (!thresholds.isEmpty() && !thresholds.containsKey(category)) {
      throw new UniassException(
          "the model has no threshold for category '%s'; it has: %s"
              .formatted(category, String.join(", ", lane.inspector().model().categories())));
    }
    lane.add(queue);
    Double threshold = thresholds.get(category);
    link =
        new Link(
            State.READY,
            detail,
            lane,
            threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold));
  }

  synchronized void failed(String why) {
    link = Link.without(State.FAILED, why);
  }

  /** Stops, and ends what waits; the lane stays open. */
  synchronized Optional<Lane> stop() {
    Lane lane = link.lane();
    failed("the station was stopped");
    if (lane != null) {
      lane.remove(queue);
    }
    return Optional.ofNullable(lane);
  }

  /** How it does. */
  public StationStatus status() {
    Link now = link;
    Optional<Lane> lane = Optional.ofNullable(now.lane());
    return new StationStatus(
        settings.name(),
        now.state(),
        now.detail(),
        lane.map(Lane::version),
        settings.category(),
        now.threshold(),
        lane.map(l -> l.waiting(queue)).orElse(0),
        queue.length());
  }

  CompletableFuture<InspectionResult> submit(String name, byte[] file) {
    Link now = link;
    if (now.state() != State.READY) {
      throw counted(
          new RefusedException(
              Reason.NOT_READY,
              "station '%s' does not inspect: %s".formatted(settings.name(), now.detail()),
              now.state() == State.LOADING ? Duration.ofSeconds(1) : Duration.ZERO));
    }
    Job job = new Job(this, name, file, Instant.now());
    Job without = now.lane().offer(queue, job).orElse(null);
    if (without == job) {
      throw counted(full(Reason.FULL, "the queue of station '%s' is full"));
    }
    if (without != null) {
      without.fail(full(Reason.DROPPED, "a newer image took the place in station '%s'"));
    }
    return job.future();
  }

  private RefusedException counted(RefusedException refusal) {
    counters.refused(refusal.reason());
    return refusal;
  }

  private RefusedException full(Reason reason, String message) {
    double seconds = queue.length() * counters.meanSeconds();
    return new RefusedException(
        reason,
        message.formatted(settings.name()),
        Duration.ofSeconds(Math.max(1, Math.min(60, Math.round(seconds)))));
  }

  /** Judges an image's map and publishes the result. */
  void finish(Job job, PreparedImage image, AnomalyMap map, Moments moments) {
    Link now = link;
    if (now.lane() == null) {
      job.fail(Reason.NOT_READY, now.detail());
      return;
    }
    double score = map.max();
    Verdict verdict = verdict(score, now.threshold());
    List<Region> regions =
        verdict == Verdict.ANOMALOUS
            ? Regions.of(map, now.threshold().getAsDouble(), image.height(), image.width())
            : List.of();
    Timings timings = moments.timings();
    InspectionResult result =
        results.publish(
            id ->
                new InspectionResult(
                    id,
                    settings.name(),
                    now.lane().version(),
                    job.taken(),
                    score,
                    now.threshold(),
                    verdict,
                    regions,
                    image.height(),
                    image.width(),
                    timings),
            settings.keep().keeps(verdict)
                ? Optional.of(new Seen(job.name(), job.file(), map))
                : Optional.empty());
    counters.inspected(verdict, timings);
    job.future().complete(result);
  }

  private static Verdict verdict(double score, OptionalDouble threshold) {
    if (threshold.isEmpty()) {
      return Verdict.UNDECIDED;
    }
    return score >= threshold.getAsDouble() ? Verdict.ANOMALOUS : Verdict.NORMAL;
  }
}
