/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.inspection.ModelInfo;
import uniass.api.inspection.Prediction.Verdict;
import uniass.api.inspection.PreparedImage;
import uniass.api.metric.ThresholdCalibrator;
import uniass.gateway.InspectionResult;
import uniass.gateway.ModelVersion;
import uniass.gateway.RefusedException;
import uniass.gateway.RefusedException.Reason;
import uniass.gateway.Region;
import uniass.gateway.StationStatus;
import uniass.gateway.StationStatus.State;
import uniass.gateway.Timings;
import uniass.gateway.drift.Condition;
import uniass.gateway.drift.Watch;
import uniass.gateway.results.ResultStore;
import uniass.gateway.results.Seen;
import uniass.gateway.store.ThresholdVersion;
import uniass.io.FileNames;

/** A place where images are inspected: a queue, a lane that it shares, a threshold. */
public final class Station {

  private final StationSettings settings;
  private final ResultStore results;
  private final Counters counters = new Counters();
  private final JobQueue queue;

  /** By the model's checksum, because images in work end on the model that they began with. */
  private final Map<String, Judge> judges = new ConcurrentHashMap<>();

  private volatile Watch watch = new Watch(Optional.empty());
  private volatile Shadow shadow;
  private volatile Link link = Link.without(State.LOADING, "its model is being opened");

  /** The lane is null until the model is open. */
  private record Link(State state, String detail, Lane lane) {
    static Link without(State state, String detail) {
      return new Link(state, detail, null);
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

  /** What it sees. */
  Watch watch() {
    return watch;
  }

  /** How its images are. */
  public Condition condition() {
    return lane().isPresent() ? watch.condition() : Condition.unknown();
  }

  /** The model that sees the same images. */
  public Optional<Comparison> comparison() {
    return Optional.ofNullable(shadow).map(Shadow::comparison);
  }

  StationSettings settings() {
    return settings;
  }

  /** The category whose threshold decides. */
  String category() {
    return settings.category().map(FileNames::composed).orElse(ThresholdCalibrator.ALL);
  }

  long deadlineNanos() {
    return TimeUnit.MILLISECONDS.toNanos(settings.deadlineMillis());
  }

  /** The lane that inspects now; empty if none does. */
  Optional<Lane> lane() {
    return Optional.ofNullable(link.lane());
  }

  /**
   * The threshold of a model here.
   *
   * @throws UniassException if the model has thresholds, but none for the station's category
   */
  Judge judge(Lane lane, Optional<ThresholdVersion> found) {
    ModelInfo model = lane.inspector().model();
    if (!model.thresholds().isEmpty() && !model.thresholds().containsKey(category())) {
      throw new UniassException(
          "the model has no threshold for category '%s'; it has: %s"
              .formatted(category(), String.join(", ", model.categories())));
    }
    if (found.isPresent()) {
      return new Judge(OptionalDouble.of(found.get().value()), found.get().version());
    }
    Double own = model.thresholds().get(category());
    return new Judge(own == null ? OptionalDouble.empty() : OptionalDouble.of(own), 0);
  }

  /**
   * Begins to inspect on a lane. Images that wait go to it; those in work end where they are.
   *
   * @return the lane before; empty if there was none
   */
  synchronized Optional<Lane> open(Lane lane, Judge judge) {
    Lane before = link.lane();
    judges.put(lane.version().checksum(), judge);
    watch = new Watch(Optional.ofNullable(lane.inspector().calibration().normal().get(category())));
    results.after("", Integer.MAX_VALUE).stream()
        .filter(r -> r.station().equals(name()) && r.model().equals(lane.version()))
        .forEach(r -> watch.scored(r.score()));
    if (before != null) {
      before.release(queue);
    }
    lane.add(queue);
    link = new Link(State.READY, lane.notes(), lane);
    return Optional.ofNullable(before);
  }

  /** Decides by another threshold from now on. */
  void judge(Lane lane, Judge judge) {
    judges.put(lane.version().checksum(), judge);
  }

  /**
   * Sets the model that sees the same images.
   *
   * @param other null for none
   * @return the lane of the one before, which is closed
   */
  Optional<Lane> shadow(Shadow other) {
    Shadow before = shadow;
    shadow = other;
    if (before != null) {
      before.close();
    }
    return Optional.ofNullable(before).map(Shadow::lane);
  }

  synchronized void failed(String why) {
    link = Link.without(State.FAILED, why);
  }

  /** Stops, and ends what waits; the lane stays open. */
  synchronized Optional<Lane> stop() {
    Lane lane = link.lane();
    failed("the station was stopped");
    if (lane != null) {
      lane.release(queue);
      for (Job job = queue.poll(); job != null; job = queue.poll()) {
        job.fail(Reason.NOT_READY, "the station was stopped");
      }
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
        judge().map(Judge::threshold).orElse(OptionalDouble.empty()),
        lane.map(l -> l.waiting(queue)).orElse(0),
        queue.length());
  }

  /** Decides now; empty if the station does not inspect. */
  Optional<Judge> judge() {
    return lane().map(lane -> judges.get(lane.version().checksum()));
  }

  /** Version of the threshold in use; 0 for the model's own. */
  public int thresholdVersion() {
    return judge().map(Judge::version).orElse(0);
  }

  CompletableFuture<InspectionResult> submit(String name, byte[] file) {
    Job job = new Job(this, name, file, Instant.now());
    Job without = offer(job);
    if (without == job) {
      throw counted(full(Reason.FULL, "the queue of station '%s' is full"));
    }
    if (without != null) {
      without.fail(full(Reason.DROPPED, "a newer image took the place in station '%s'"));
    }
    return job.future();
  }

  /** Queues an image; meanwhile the lane does not change. Answers the one without a place. */
  private synchronized Job offer(Job job) {
    Link now = link;
    if (now.state() != State.READY) {
      throw counted(
          new RefusedException(
              Reason.NOT_READY,
              "station '%s' does not inspect: %s".formatted(settings.name(), now.detail()),
              now.state() == State.LOADING ? Duration.ofSeconds(1) : Duration.ZERO));
    }
    return now.lane().offer(queue, job).orElse(null);
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
  void finish(Lane lane, Job job, PreparedImage image, AnomalyMap map, Moments moments) {
    Link now = link;
    if (now.lane() == null) {
      job.fail(Reason.NOT_READY, now.detail());
      return;
    }
    double score = lane.inspector().score(map);
    ModelVersion version = lane.version();
    Judge judge = judges.get(version.checksum());
    Verdict verdict = judge.verdict(score);
    List<Region> regions =
        verdict == Verdict.ANOMALOUS
            ? Regions.of(map, judge.threshold().getAsDouble(), image.height(), image.width())
            : List.of();
    Timings timings = moments.timings();
    Seen seen = new Seen(job.name(), job.file(), map);
    InspectionResult result =
        results.publish(
            id ->
                new InspectionResult(
                    id,
                    settings.name(),
                    version,
                    job.taken(),
                    score,
                    lane.inspector().calibration().imageScore(),
                    judge.threshold(),
                    verdict,
                    regions,
                    image.height(),
                    image.width(),
                    timings),
            settings.keep().keeps(verdict) ? Optional.of(seen) : Optional.empty());
    counters.inspected(verdict, timings);
    watch.scored(score);
    job.future().complete(result);
    Shadow other = shadow;
    if (other != null) {
      other.offer(result, seen);
    }
  }
}
