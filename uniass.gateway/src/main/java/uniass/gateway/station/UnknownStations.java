/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.gateway.StationStatus;
import uniass.gateway.Stations;

/** Says once who names a station that is not there, and once that it came. */
public final class UnknownStations {

  private static final Logger LOG = LoggerFactory.getLogger(UnknownStations.class);

  private final Stations stations;
  private final Map<String, String> said = new HashMap<>();

  /** Begins with nothing said. */
  public UnknownStations(Stations stations) {
    this.stations = stations;
  }

  /** One line on those of some stations that are not there; empty if all are. */
  public Optional<String> among(Collection<String> wanted) {
    List<String> names = stations.list().stream().map(StationStatus::name).toList();
    List<String> unknown = wanted.stream().filter(n -> !names.contains(n)).sorted().toList();
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "there is no station %s; stations: %s"
                .formatted(
                    unknown.stream()
                        .map(name -> "'" + uniass.api.Problem.shown(name) + "'")
                        .collect(Collectors.joining(", ")),
                    names.isEmpty() ? "none" : String.join(", ", names)));
  }

  /**
   * Looks again.
   *
   * @param wanted the stations that each one names, by what to call it: {@code Source 'drop'}
   */
  public void look(Map<String, ? extends Collection<String>> wanted) {
    said.keySet().retainAll(wanted.keySet());
    wanted.forEach(
        (who, names) -> {
          Optional<String> why = among(names);
          String before = why.isPresent() ? said.put(who, why.get()) : said.remove(who);
          if (why.isPresent() && before == null) {
            LOG.warn("{}: {}", who, why.get());
          } else if (why.isEmpty() && before != null) {
            LOG.info("{}: the station is there now: {}", who, String.join(", ", names));
          }
        });
  }
}
