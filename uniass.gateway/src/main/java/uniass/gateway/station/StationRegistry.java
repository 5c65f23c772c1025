/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.api.inspection.Inspection;
import uniass.gateway.InspectionResult;
import uniass.gateway.RefusedException;
import uniass.gateway.RefusedException.Reason;
import uniass.gateway.StationStatus;
import uniass.gateway.StationStatus.State;
import uniass.gateway.Stations;
import uniass.gateway.config.GatewaySettings;
import uniass.gateway.results.ResultStore;
import uniass.gateway.store.ModelStore;

/** Knows all stations, and opens their models, one after the other, in a thread of its own. */
@Component(service = {Stations.class, StationRegistry.class})
public final class StationRegistry implements Stations {

  private static final Logger LOG = LoggerFactory.getLogger(StationRegistry.class);

  private final ModelDesk desk;
  private final ResultStore results;
  private final List<Station> stations = new CopyOnWriteArrayList<>();
  private final ExecutorService opener =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "uniass-open");
            thread.setDaemon(true);
            return thread;
          });

  /** Creates the component. */
  @Activate
  public StationRegistry(
      @Reference Inspection inspection,
      @Reference ResultStore results,
      @Reference ModelStore store,
      @Reference GatewaySettings settings) {
    this.desk = new ModelDesk(new Lanes(inspection, settings.config()), store, results);
    this.results = results;
  }

  /** Ends the thread that opens models. */
  @Deactivate
  public void close() {
    opener.shutdown();
    try {
      opener.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Adds a station, whose model is opened soon. */
  Station add(StationSettings settings) {
    Station station = new Station(settings, results);
    add(station);
    opener.execute(() -> open(station));
    return station;
  }

  /** Adds a station that cannot inspect, so that all can see why. */
  Station addFailed(String name, String why) {
    Station station = new Station(StationSettings.unusable(name), results);
    fail(station, why);
    add(station);
    return station;
  }

  private synchronized void add(Station station) {
    if (stations.stream().anyMatch(other -> other.name().equals(station.name()))) {
      LOG.error(
          "There are two stations '{}': the first one is used; rename the other", station.name());
    }
    stations.add(station);
  }

  private void open(Station station) {
    try {
      desk.open(station);
      if (!stations.contains(station)) {
        desk.stop(station);
      }
    } catch (UniassException e) {
      fail(station, e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.debug("station '{}'", station.name(), e);
      fail(station, "unexpected error: " + e);
    }
  }

  private static void fail(Station station, String why) {
    LOG.error("Station '{}' does not inspect: {}", station.name(), why);
    station.failed(why);
  }

  /** Removes a station; what waits in it is refused. */
  void remove(Station station) {
    stations.remove(station);
    desk.stop(station);
  }

  /** Changes which models stations use. */
  public ModelDesk desk() {
    return desk;
  }

  /** All stations. */
  public List<Station> stations() {
    List<Station> all = new ArrayList<>(stations);
    all.sort(Comparator.comparing(Station::name));
    return all;
  }

  @Override
  public List<StationStatus> list() {
    return stations().stream().map(Station::status).toList();
  }

  @Override
  public CompletableFuture<InspectionResult> submit(String station, String name, byte[] file) {
    return station(station).submit(name, file);
  }

  /**
   * A station by its name.
   *
   * @throws RefusedException if there is none
   */
  public Station station(String name) {
    return stations.stream()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private RefusedException unknown(String station) {
    List<String> names = stations().stream().map(Station::name).toList();
    return new RefusedException(
        Reason.UNKNOWN_STATION,
        "there is no station '%s'; stations: %s"
            .formatted(
                uniass.api.Problem.shown(station),
                names.isEmpty() ? "none" : String.join(", ", names)));
  }

  /** Whether a model is still being opened. */
  public boolean isLoading() {
    return list().stream().anyMatch(status -> status.state() == State.LOADING);
  }
}
