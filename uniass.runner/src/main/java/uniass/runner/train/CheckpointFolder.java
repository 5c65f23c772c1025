/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.checkpoint.TensorData;
import uniass.io.Outputs;

/**
 * The checkpoints of one run: {@code epoch-0012.safetensors} after twelve epochs, {@code
 * epoch-0012-batch-0003.safetensors} if the run was stopped in the next one.
 */
final class CheckpointFolder {

  private static final Pattern NAME =
      Pattern.compile("epoch-(\\d{4,9})(?:-batch-(\\d{4,9}))?\\.safetensors");

  private static final int KEPT = 2;

  private final Path folder;
  private final Checkpoints checkpoints;

  CheckpointFolder(Path folder, Checkpoints checkpoints) {
    this.folder = folder;
    this.checkpoints = checkpoints;
  }

  /**
   * A checkpoint's place in the run.
   *
   * @param epoch epochs completed
   * @param batch batches of the next epoch that are done
   */
  private record Place(Path file, int epoch, int batch) {}

  /** The file after some epochs. */
  Path file(int epoch, int batch) {
    String name = "epoch-%04d".formatted(epoch) + (batch > 0 ? "-batch-%04d".formatted(batch) : "");
    return folder.resolve(name + ".safetensors");
  }

  /** Writes a checkpoint, then deletes those that are no longer needed. */
  Path write(
      int epoch,
      int batch,
      int bestEpoch,
      Map<String, TensorData> tensors,
      Map<String, String> metadata) {
    Outputs.makeFolder(folder);
    Path file = file(epoch, batch);
    checkpoints.write(file, tensors, metadata);
    Set<Path> keep = new HashSet<>();
    keep.add(file(bestEpoch, 0));
    List<Place> places = places();
    places.stream().limit(KEPT).forEach(p -> keep.add(p.file()));
    places.stream().map(Place::file).filter(f -> !keep.contains(f)).forEach(Outputs::deleteQuietly);
    return file;
  }

  /**
   * Reads the newest checkpoint that is whole.
   *
   * @param damaged takes one line about each that is not whole
   */
  Optional<Checkpoint> newest(Consumer<String> damaged) {
    for (Place place : places()) {
      try {
        return Optional.of(checkpoints.read(place.file()));
      } catch (UniassException e) {
        damaged.accept(e.getMessage() + "; the checkpoint before it is used");
      }
    }
    return Optional.empty();
  }

  /** Reads the checkpoint after some epochs. */
  Checkpoint read(int epoch) {
    return checkpoints.read(file(epoch, 0));
  }

  /** The newest file, whole or not. */
  Optional<Path> newestFile() {
    return places().stream().findFirst().map(Place::file);
  }

  /** Deletes what a killed process was just writing. */
  void sweep() {
    Outputs.sweep(folder, "epoch-");
  }

  /** Deletes all checkpoints, for a run that starts afresh. */
  void clear() {
    sweep();
    places().forEach(p -> Outputs.deleteQuietly(p.file()));
  }

  private List<Place> places() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(CheckpointFolder::place)
          .flatMap(Optional::stream)
          .sorted(Comparator.comparingInt(Place::epoch).thenComparingInt(Place::batch).reversed())
          .toList();
    } catch (IOException e) {
      throw new UniassException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Optional<Place> place(Path file) {
    Matcher matcher = NAME.matcher(file.getFileName().toString());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String batch = matcher.group(2);
    return Optional.of(
        new Place(
            file, Integer.parseInt(matcher.group(1)), batch == null ? 0 : Integer.parseInt(batch)));
  }
}
