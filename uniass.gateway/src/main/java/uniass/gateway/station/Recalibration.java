/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.api.UniassException;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.ModelCalibration;
import uniass.api.metric.Threshold;
import uniass.api.metric.ThresholdCalibrator;
import uniass.api.metric.ThresholdCalibrator.NormalScore;
import uniass.api.metric.ThresholdCalibrator.Options;
import uniass.api.metric.ThresholdMethod.Goal;
import uniass.gateway.Evidence;
import uniass.gateway.InspectionResult;
import uniass.gateway.Results.Feedback;
import uniass.gateway.results.ResultStore;
import uniass.gateway.store.StationModels;
import uniass.gateway.store.ThresholdVersion;

/**
 * Finds thresholds from images that people confirmed as good at the line, with the method and for
 * the rate of false alarms that the model was calibrated with. It only proposes; a person applies.
 */
@Component(service = Recalibration.class)
public final class Recalibration {

  /** For models that have no thresholds: as trainings have it. */
  private static final Goal GOAL = new Goal(0.05, 0.5);

  private static final String METHOD = "order";

  /** By which share of itself a score may differ between batches. */
  private static final double SPREAD = 1e-6;

  private final StationRegistry stations;
  private final ResultStore results;
  private final ThresholdCalibrator calibrator;

  /** Creates the component. */
  @Activate
  public Recalibration(
      @Reference StationRegistry stations,
      @Reference ResultStore results,
      @Reference ThresholdCalibrator calibrator) {
    this.stations = stations;
    this.results = results;
    this.calibrator = calibrator;
  }

  /** Scores of confirmed images, and how many have none. */
  private record Confirmed(List<NormalScore> scores, int leftOut) {}

  /**
   * Proposes a threshold.
   *
   * @param images how many of the last confirmed images count
   * @throws UniassException if none is confirmed
   */
  public Proposal propose(Station station, int images) {
    Lane lane = lane(station);
    Judge judge = station.judge().orElseThrow();
    Confirmed good = scores(lane, station, Feedback.GOOD, images);
    if (good.scores().isEmpty()) {
      throw new UniassException(
          "no image of station '%s' is confirmed as good: mark results with 'good' first"
              .formatted(station.name()));
    }
    Threshold found = calibrate(lane, station, good.scores());
    DoublePredicate after = found::anomalous;
    DoublePredicate before = score -> judge.threshold().orElse(Double.MAX_VALUE) <= score;
    List<String> nowAnomalous = new ArrayList<>();
    List<String> nowNormal = new ArrayList<>();
    for (InspectionResult result : results.after("", Integer.MAX_VALUE)) {
      if (result.station().equals(station.name()) && result.model().equals(lane.version())) {
        if (after.test(result.score()) && !before.test(result.score())) {
          nowAnomalous.add(result.id());
        } else if (before.test(result.score()) && !after.test(result.score())) {
          nowNormal.add(result.id());
        }
      }
    }
    List<NormalScore> missed = scores(lane, station, Feedback.MISSED, images).scores();
    return new Proposal(
        ModelDesk.reference(station),
        judge.threshold(),
        judge.version(),
        found.value(),
        good.scores().size(),
        good.leftOut(),
        found.describe(),
        nowAnomalous,
        nowNormal,
        (int) missed.stream().filter(score -> after.test(score.score())).count(),
        missed.size());
  }

  private static Lane lane(Station station) {
    return station
        .lane()
        .orElseThrow(
            () -> new UniassException("station '" + station.name() + "' does not inspect"));
  }

  private Threshold calibrate(Lane lane, Station station, List<NormalScore> scores) {
    ModelCalibration own = lane.inspector().calibration();
    Optional<Threshold> now = Optional.ofNullable(own.thresholds().get(station.category()));
    Goal goal = now.map(t -> new Goal(t.falseAlarmRate(), t.confidence())).orElse(GOAL);
    Map<String, String> methods = calibrator.methods();
    String method = methods.containsKey(own.method()) ? own.method() : METHOD;
    return calibrator
        .calibrate(scores, new Options(method, goal, SPREAD))
        .thresholds()
        .get(ThresholdCalibrator.ALL);
  }

  /** Scores by the model in use; what another one has scored is looked at again. */
  private Confirmed scores(Lane lane, Station station, Feedback said, int images) {
    List<NormalScore> scores = new ArrayList<>();
    int leftOut = 0;
    for (InspectionResult result : results.judged(station.name(), said, images)) {
      OptionalDouble score =
          result.model().equals(lane.version())
              ? OptionalDouble.of(result.score())
              : results
                  .evidence(result.id())
                  .map(seen -> score(lane.inspector(), seen))
                  .orElse(OptionalDouble.empty());
      if (score.isPresent()) {
        scores.add(new NormalScore(result.id(), "", false, score.getAsDouble()));
      } else {
        leftOut++;
      }
    }
    return new Confirmed(scores, leftOut);
  }

  private static OptionalDouble score(Inspector inspector, Evidence seen) {
    try {
      return OptionalDouble.of(
          inspector.score(
              inspector.maps(List.of(inspector.prepare(seen.name(), seen.image()))).get(0)));
    } catch (UniassException e) {
      return OptionalDouble.empty();
    }
  }

  /**
   * Applies a threshold that was proposed.
   *
   * @param threshold the proposal
   * @throws UniassException if the confirmed images suggest another one by now
   */
  public void apply(Station station, int images, double threshold) {
    Proposal proposal = propose(station, images);
    if (proposal.proposed() != threshold) {
      throw new UniassException(
          "the confirmed images suggest %s now, not %s: look at the proposal again"
              .formatted(proposal.proposed(), threshold));
    }
    List<ThresholdVersion> versions = new ArrayList<>(versions(station));
    versions.add(
        new ThresholdVersion(
            versions.isEmpty() ? 1 : versions.get(versions.size() - 1).version() + 1,
            threshold,
            proposal.images(),
            Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
            proposal.promise()));
    stations.desk().thresholds(station, versions);
  }

  /** The thresholds that were found for the model in use, the one in use at the end. */
  public List<ThresholdVersion> versions(Station station) {
    String reference = ModelDesk.reference(station);
    return stations
        .desk()
        .store()
        .station(station.name())
        .map(StationModels::thresholds)
        .map(all -> all.getOrDefault(reference, List.of()))
        .orElse(List.of());
  }

  /**
   * Goes back to the threshold before, at last the model's own.
   *
   * @throws UniassException if the model's own is in use
   */
  public void rollBack(Station station) {
    List<ThresholdVersion> versions = versions(station);
    if (versions.isEmpty()) {
      throw new UniassException("the model's own threshold is in use already");
    }
    stations.desk().thresholds(station, versions.subList(0, versions.size() - 1));
  }
}
