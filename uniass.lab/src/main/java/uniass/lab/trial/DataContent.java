/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Image;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.ExperimentSpec.DatasetSpec;
import uniass.inference.experiment.ExperimentSpec.ModelSpec;
import uniass.inference.model.Composer;
import uniass.inference.plugin.PartsInUse;
import uniass.inference.plugin.Plugins;
import uniass.io.Outputs;

/**
 * Says what the files hold that experiments read: images, masks, weights. A file is read once per
 * process, and again if its size or time has changed.
 */
public final class DataContent {

  private final Plugins plugins;
  private final Map<Path, Seen> seen = new HashMap<>();

  /** Reads data sets with readers of these. */
  public DataContent(Plugins plugins) {
    this.plugins = plugins;
  }

  private record Seen(long size, FileTime time, String sha256) {}

  /**
   * A file.
   *
   * @param root folder of the data set; empty for a file that stands alone
   * @param path below the root
   * @param role what it is to the experiment
   * @param sha256 of its bytes
   */
  record DataFile(String root, String path, String role, String sha256) {

    String key() {
      return root + "\n" + path;
    }
  }

  /** What two experiments have in common that read the same files. */
  static String key(ExperimentSpec spec) {
    DatasetSpec dataset = spec.dataset();
    return String.join(
        "\n",
        dataset.reader().name(),
        dataset.reader().settings().values().toString(),
        String.valueOf(dataset.root()),
        dataset.categories().toString(),
        spec.model().weights());
  }

  /** The folder and the file that an experiment needs and that are not here, one line each. */
  public static List<String> missing(ExperimentSpec spec) {
    List<String> lines = new ArrayList<>();
    Path root = spec.dataset().root();
    if (root == null || !Files.isDirectory(root)) {
      lines.add(
          "data set (reader %s): %s; --set dataset.root=FOLDER"
              .formatted(
                  spec.dataset().reader().name(),
                  root == null ? "no folder" : "no folder " + root));
    }
    weights(spec)
        .filter(file -> !Files.exists(Path.of(file)))
        .ifPresent(
            file ->
                lines.add(
                    "weights of %s: no file %s; --set model.backbone.weights=FILE"
                        .formatted(spec.model().backbone().name(), file)));
    return lines;
  }

  private static Optional<String> weights(ExperimentSpec spec) {
    return Optional.of(spec.model().weights())
        .filter(w -> !List.of(ModelSpec.BUNDLED, ModelSpec.RANDOM).contains(w));
  }

  /** The files of an experiment, by root and path. */
  Map<String, DataFile> files(ExperimentSpec spec, Progress progress) {
    Map<String, DataFile> files = new TreeMap<>();
    Dataset dataset = dataset(spec.dataset());
    int done = 0;
    for (Image image : dataset.images()) {
      progress.step("reading the data set", done++, dataset.images().size());
      add(files, dataset.root(), image.path(), role(image));
      image.masks().forEach(mask -> add(files, dataset.root(), mask, "mask of " + image.path()));
    }
    weights(spec)
        .map(weights -> new DataFile("", weights, "weights", sha256(Path.of(weights))))
        .ifPresent(file -> files.put(file.key(), file));
    return files;
  }

  /**
   * One hash for all that an experiment reads; it does not depend on where the files lie.
   *
   * @param progress takes how far the reading is
   */
  public String sha256(ExperimentSpec spec, Progress progress) {
    return sha256(files(spec, progress));
  }

  static String sha256(Map<String, DataFile> files) {
    Digest digest = new Digest();
    for (DataFile file : files.values()) {
      String path = file.root().isEmpty() ? "" : file.path();
      digest.add(
          (path + "\n" + file.role() + "\n" + file.sha256()).getBytes(StandardCharsets.UTF_8));
    }
    return digest.hex();
  }

  /** The images of the categories that an experiment uses. */
  public Dataset dataset(DatasetSpec spec) {
    Path root = spec.root();
    if (root == null || !Files.isDirectory(root)) {
      throw new UniassException(
          "dataset.root: "
              + (root == null ? "missing" : "no folder " + root)
              + "; give the data set's folder, for instance with --set dataset.root=FOLDER");
    }
    try (PartsInUse parts = new PartsInUse(plugins)) {
      Dataset all =
          Composer.take(parts, spec.reader(), DatasetReader.class)
              .call((reader, settings) -> reader.read(root, settings));
      return spec.categories().isEmpty() ? all : all.only(spec.categories());
    }
  }

  private static String role(Image image) {
    return String.join(
            " ", image.split().name(), image.category(), image.label().name(), image.truth().name())
        .toLowerCase(java.util.Locale.ROOT);
  }

  private void add(Map<String, DataFile> files, Path root, String path, String role) {
    DataFile file = new DataFile(root.toString(), path, role, sha256(root.resolve(path)));
    DataFile other = files.put(file.key(), file);
    if (other != null && !other.role().equals(role)) { // a file in two roles keeps both
      files.put(
          file.key(), new DataFile(file.root(), path, other.role() + "; " + role, file.sha256()));
    }
  }

  private String sha256(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      Seen before = seen.get(file);
      if (before != null
          && before.size() == now.size()
          && before.time().equals(now.lastModifiedTime())) {
        return before.sha256();
      }
      String hash = Digest.of(file);
      seen.put(file, new Seen(now.size(), now.lastModifiedTime(), hash));
      return hash;
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + Outputs.reason(e), e);
    }
  }

  /** What differs between frozen files and those of an experiment now, one line each. */
  static List<String> changes(Map<String, DataFile> frozen, Map<String, DataFile> now) {
    List<String> changes = new ArrayList<>();
    now.forEach(
        (key, file) -> {
          DataFile before = frozen.get(key);
          String path = Path.of(file.root()).resolve(file.path()).toString();
          if (before == null) {
            changes.add(path + " is new");
          } else if (!before.sha256().equals(file.sha256())) {
            changes.add(path + " has other content");
          } else if (!before.role().equals(file.role())) {
            changes.add(path + " was '" + before.role() + "', is '" + file.role() + "'");
          }
        });
    return changes;
  }
}
