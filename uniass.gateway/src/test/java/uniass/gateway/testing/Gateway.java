/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.testing;

import java.util.HashMap;
import java.util.Map;
import uniass.gateway.config.GatewaySettings;
import uniass.gateway.results.ResultStore;
import uniass.gateway.source.Sources;
import uniass.gateway.station.Recalibration;
import uniass.gateway.station.StationComponent;
import uniass.gateway.station.StationConfig;
import uniass.gateway.station.StationRegistry;
import uniass.gateway.store.ModelStore;

/** The gateway's components, put together by hand. */
public final class Gateway implements AutoCloseable {

  private final GatewaySettings settings;
  private final ResultStore results;
  private final StationRegistry stations;
  private final Recalibration recalibration;
  private final Sources sources;

  /** Puts them together. */
  public Gateway(TinyModel models, Map<String, Object> values) {
    settings = Configs.gateway(values);
    results = new ResultStore(models.rig().images(), settings, Services.undeclared());
    stations =
        new StationRegistry(models.rig().inspection(), results, new ModelStore(settings), settings);
    recalibration = new Recalibration(stations, results, models.rig().thresholds());
    sources = new Sources(stations, results, Services.undeclared());
  }

  /** The configuration that they share. */
  public GatewaySettings settings() {
    return settings;
  }

  /** The results. */
  public ResultStore results() {
    return results;
  }

  /** The stations. */
  public StationRegistry stations() {
    return stations;
  }

  /** The sources. */
  public Sources sources() {
    return sources;
  }

  /** Finds thresholds at the line. */
  public Recalibration recalibration() {
    return recalibration;
  }

  /** Configures a station and waits until its model is open, or can't be. */
  public StationComponent station(String name, Object model, Map<String, Object> more)
      throws InterruptedException {
    Map<String, Object> values = new HashMap<>(more);
    values.put("name", name);
    values.put("model", model.toString());
    StationComponent station =
        new StationComponent(
            stations, Configs.of(StationConfig.class, values), Map.of("service.pid", name));
    while (stations.isLoading()) {
      Thread.sleep(5);
    }
    return station;
  }

  @Override
  public void close() {
    sources.stop();
    stations.close();
    results.close();
  }
}
