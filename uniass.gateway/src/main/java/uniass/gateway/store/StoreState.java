/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.io.AtomicFile;
import uniass.io.Outputs;

/**
 * All that the store knows, as one file has it.
 *
 * @param models in the order in which they were added
 * @param stations by name
 */
record StoreState(List<StoredModel> models, Map<String, StationModels> stations) {

  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  StoreState {
    models = List.copyOf(models);
    stations = Map.copyOf(stations);
  }

  static StoreState read(Path file) {
    if (!Files.exists(file)) {
      return new StoreState(List.of(), Map.of());
    }
    try {
      return GSON.fromJson(Files.readString(file), StoreState.class);
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + Outputs.reason(e), e);
    } catch (JsonParseException | NullPointerException e) {
      throw new UniassException(
          file + ": is damaged; restore it, or delete it to begin with the configured models", e);
    }
  }

  /** Writes it whole or not at all, and has it on the disk. */
  void write(Path file) {
    AtomicFile.write(file, GSON.toJson(this).getBytes(StandardCharsets.UTF_8));
  }

  /** See {@link ModelStore#find}. */
  StoredModel find(String reference) {
    List<StoredModel> usable = models.stream().filter(m -> !m.retired()).toList();
    List<StoredModel> found =
        usable.stream()
            .filter(m -> m.reference().equals(reference) || m.name().equals(reference))
            .toList();
    if (found.size() != 1) {
      String names = usable.stream().map(StoredModel::reference).collect(Collectors.joining(", "));
      throw new UniassException(
          "there is no model '%s'; models: %s"
              .formatted(Problem.shown(reference), names.isEmpty() ? "none" : names));
    }
    return found.get(0);
  }

  /** Checksums of the files that are needed. */
  Stream<String> checksums() {
    return models.stream().filter(m -> !m.retired()).map(StoredModel::checksum);
  }

  /** The model that a station's configuration named when the file was there. */
  Optional<StoredModel> configured(String station, String file) {
    return Optional.ofNullable(stations.get(station))
        .filter(uses -> uses.file().equals(file))
        .flatMap(
            uses ->
                models.stream()
                    .filter(m -> m.checksum().equals(uses.configured()) && !m.retired())
                    .findFirst());
  }

  /** Names of the stations that use a model, or in which it sees the same images. */
  List<String> users(String reference) {
    return stations.entrySet().stream()
        .filter(
            e -> e.getValue().active().equals(reference) || e.getValue().shadow().equals(reference))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  int nextVersion(String name) {
    return 1
        + models.stream()
            .filter(m -> m.name().equals(name))
            .mapToInt(StoredModel::version)
            .max()
            .orElse(0);
  }

  StoreState with(StoredModel model) {
    List<StoredModel> all = new ArrayList<>(models);
    all.removeIf(known -> known.reference().equals(model.reference()));
    all.add(model);
    return new StoreState(all, stations);
  }

  StoreState with(String station, StationModels now) {
    Map<String, StationModels> all = new TreeMap<>(stations);
    all.put(station, now);
    return new StoreState(models, all);
  }
}
