/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.gateway.store.ModelFile;
import uniass.gateway.store.ModelStore;
import uniass.gateway.store.StationModels;

/** Finds the model that a station begins with: what is configured, or what was in use. */
final class Beginning {

  private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);

  private final ModelDesk desk;
  private final ModelStore store;
  private final Station station;

  Beginning(ModelDesk desk, Station station) {
    this.desk = desk;
    this.store = desk.store();
    this.station = station;
  }

  /** Opens it. */
  void open() {
    String text = station.settings().model();
    Optional<StationModels> known = store.station(station.name());
    boolean isSame = false;
    try {
      ModelFile configured = store.configured(station.name(), text);
      isSame = known.isPresent() && known.get().configured().equals(configured.checksum());
      if (isSame) {
        if (!known.get().file().equals(text)) {
          store.renamed(station.name(), text);
        }
        if (!reopen(known.get())) {
          begin(configured);
        }
      } else {
        beginAnew(configured, known);
      }
    } catch (UniassException e) {
      if (isSame) {
        throw e; // all that the store has was tried
      }
      standIn(known.filter(uses -> uses.file().equals(text)), e);
    }
    store
        .station(station.name())
        .map(StationModels::shadow)
        .filter(shadow -> !shadow.isEmpty())
        .ifPresent(this::resume);
  }

  private void beginAnew(ModelFile configured, Optional<StationModels> known) {
    try {
      begin(configured);
    } catch (UniassException e) {
      store.reject(configured);
      throw e;
    }
    known.ifPresent(
        before ->
            LOG.warn(
                "Station '{}' uses the model that is configured now, no longer {}",
                station.name(),
                before.active()));
  }

  /** What was in use stands in for a file that is damaged since. */
  private void standIn(Optional<StationModels> known, UniassException why) {
    if (known.isEmpty() || !store.isAccepted(known.get().active()) || !reopen(known.get())) {
      throw why;
    }
    LOG.warn(
        "Station '{}': {} cannot be used ({}); {} of the store stands in",
        station.name(),
        known.get().file(),
        why.getMessage(),
        ModelDesk.reference(station));
  }

  private void resume(String shadow) {
    try {
      desk.startShadow(station, shadow);
    } catch (UniassException e) {
      LOG.error("Station '{}': shadow {}: {}", station.name(), shadow, e.getMessage());
    }
  }

  /** Opens what was in use last; if it cannot be, what was before. Says whether anything could. */
  private boolean reopen(StationModels known) {
    List<String> references = new ArrayList<>(known.previous());
    references.add(known.active());
    Collections.reverse(references);
    for (String reference : references) {
      try {
        desk.go(station, store.open(store.find(reference)), same -> noted(same));
        return true;
      } catch (UniassException e) {
        LOG.error("Station '{}' cannot use {}: {}", station.name(), reference, e.getMessage());
      }
    }
    return false;
  }

  private void begin(ModelFile configured) {
    desk.go(
        station,
        configured,
        reference ->
            store.begin(
                station.name(), reference, configured.checksum(), station.settings().model()));
  }

  private void noted(String reference) {
    if (!store.station(station.name()).orElseThrow().active().equals(reference)) {
      store.backTo(station.name(), reference);
    }
  }
}
