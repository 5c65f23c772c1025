/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.gateway.ModelVersion;
import uniass.gateway.results.ResultStore;
import uniass.gateway.store.Intake;
import uniass.gateway.store.ModelFile;
import uniass.gateway.store.ModelStore;
import uniass.gateway.store.StationModels;
import uniass.gateway.store.StoredModel;
import uniass.gateway.store.ThresholdVersion;

/**
 * Changes which models stations use, one change at a time. A model is opened and tests itself
 * before the store notes the change, and the station goes over to it after that: whatever fails,
 * the station inspects as before, and a restart finds what was noted.
 */
public final class ModelDesk {

  private static final Logger LOG = LoggerFactory.getLogger(ModelDesk.class);

  private final Lanes lanes;
  private final ModelStore store;
  private final ResultStore results;

  ModelDesk(Lanes lanes, ModelStore store, ResultStore results) {
    this.lanes = lanes;
    this.store = store;
    this.results = results;
  }

  /** The models that are there. */
  public ModelStore store() {
    return store;
  }

  /** Opens the model that a station begins with. */
  synchronized void open(Station station) {
    new Beginning(this, station).open();
  }

  /**
   * Lets a station go over to a model.
   *
   * @param note has the change on the disk, by the model's reference; when it fails, nothing has
   *     changed
   */
  void go(Station station, ModelFile model, Consumer<String> note) {
    Lane lane = lanes.take(model, station.settings().device());
    Optional<Lane> before;
    try {
      Judge judge = station.judge(lane, threshold(station, lane));
      note.accept(reference(lane.version()));
      before = station.open(lane, judge);
    } catch (RuntimeException e) {
      lanes.give(lane);
      throw e;
    }
    before.ifPresent(this::free);
  }

  /**
   * Closes a model. Its tensors' memory lies outside Java's heap and is freed when the garbage
   * collector finds that nobody refers to it, which may be long after: so it is told to look.
   */
  private void free(Lane lane) {
    lanes.give(lane);
    System.gc();
  }

  private Optional<ThresholdVersion> threshold(Station station, Lane lane) {
    return store.station(station.name()).flatMap(all -> all.threshold(reference(lane.version())));
  }

  /** The reference of the model that a station uses. */
  static String reference(Station station) {
    return reference(
        station
            .lane()
            .orElseThrow(
                () -> new UniassException("station '" + station.name() + "' does not inspect"))
            .version());
  }

  private static String reference(ModelVersion version) {
    return version.name() + "@" + version.version();
  }

  /**
   * Adds a model: a {@code .safetensors} file, or a jar with one.
   *
   * @throws UniassException if it is not a model, fails its self-test, or has no signature that
   *     counts
   */
  public synchronized StoredModel add(Intake.Source source) {
    ModelFile file = store.receive(source);
    try {
      Lane lane = lanes.take(file, "auto");
      ModelVersion version = lane.version();
      lanes.give(lane);
      return store.find(reference(version));
    } catch (RuntimeException e) {
      store.reject(file);
      throw e;
    }
  }

  /** Lets a station use another model from the next image on. */
  public synchronized void activate(Station station, String reference) {
    StoredModel model = store.find(reference);
    String now = reference(station);
    if (now.equals(model.reference())) {
      return;
    }
    boolean shadowed = shadow(station).equals(model.reference());
    go(station, store.open(model), same -> store.activate(station.name(), same));
    if (shadowed) {
      stopShadow(station);
    }
    LOG.info("Station '{}' uses {} now, before it {}", station.name(), model.reference(), now);
  }

  private String shadow(Station station) {
    return store.station(station.name()).map(StationModels::shadow).orElse("");
  }

  /**
   * Lets a station use again what it used before.
   *
   * @throws UniassException if there is nothing that can be used
   */
  public synchronized void rollBack(Station station) {
    List<String> previous =
        store.station(station.name()).map(StationModels::previous).orElse(List.of());
    for (int i = previous.size() - 1; i >= 0; i--) {
      String reference = previous.get(i);
      if (store.models().stream().anyMatch(m -> m.reference().equals(reference) && !m.retired())) {
        go(station, store.open(store.find(reference)), same -> store.backTo(station.name(), same));
        LOG.info("Station '{}' is back at {}", station.name(), reference);
        return;
      }
    }
    throw new UniassException(
        "station '%s' has used no other model that is still there".formatted(station.name()));
  }

  /** Lets another model see a station's images, at lower priority. */
  public synchronized void shadow(Station station, String reference) {
    StoredModel model = store.find(reference);
    if (reference(station).equals(model.reference())) {
      throw new UniassException(model.reference() + " is the model in use");
    }
    startShadow(station, model.reference());
    store.shadow(station.name(), model.reference());
  }

  void startShadow(Station station, String reference) {
    Lane lane = lanes.take(store.open(store.find(reference)), station.settings().device());
    try {
      Judge judge = station.judge(lane, threshold(station, lane));
      stopShadow(station);
      station.shadow(
          new Shadow(
              lane,
              judge,
              new Comparison(reference, store.comparison(station.name())),
              () -> station.lane().map(Lane::isBusy).orElse(false),
              results::disagreed));
    } catch (RuntimeException e) {
      lanes.give(lane);
      throw e;
    }
  }

  /** Lets a station use the model that saw its images. */
  public synchronized void promote(Station station) {
    activate(station, insistOnShadow(station));
  }

  private String insistOnShadow(Station station) {
    return station
        .comparison()
        .map(Comparison::model)
        .orElseThrow(
            () ->
                new UniassException(
                    "no other model sees the images of station '%s'".formatted(station.name())));
  }

  /** Ends the look of the other model. */
  public synchronized void drop(Station station) {
    insistOnShadow(station);
    store.shadow(station.name(), "");
    stopShadow(station);
  }

  private void stopShadow(Station station) {
    station.shadow(null).ifPresent(lanes::give);
  }

  /** Takes a model out of use for good. */
  public synchronized StoredModel retire(String reference) {
    return store.retire(reference);
  }

  /** Sets the thresholds of a station and its model; the last one counts, or the model's own. */
  synchronized void thresholds(Station station, List<ThresholdVersion> versions) {
    Lane lane = station.lane().orElseThrow();
    store.thresholds(station.name(), reference(lane.version()), versions);
    station.judge(lane, station.judge(lane, threshold(station, lane)));
  }

  /** Ends a station. */
  synchronized void stop(Station station) {
    stopShadow(station);
    station.stop().ifPresent(lanes::give);
  }
}
