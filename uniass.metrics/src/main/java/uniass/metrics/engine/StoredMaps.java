/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Images;
import uniass.api.data.Label;
import uniass.api.data.Mask;
import uniass.api.data.Pixels;
import uniass.api.data.Resize;
import uniass.api.data.Split;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.ScoredImage;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.api.metric.ScoringRun;
import uniass.io.FileNames;
import uniass.io.Npy;

/** Anomaly maps that some program stored for a data set's test images. */
final class StoredMaps {

  private static final String SUFFIX = ".npy";

  private final Path maps;
  private final Dataset dataset;
  private final Images masks;
  private final List<Image> images;

  StoredMaps(Path maps, Dataset dataset, Images masks) {
    this.maps = maps;
    this.dataset = dataset;
    this.masks = masks;
    this.images =
        dataset.images(Split.TEST).stream().filter(p -> p.label() != Label.UNKNOWN).toList();
    for (String category : dataset.categories()) {
      if (images.stream().noneMatch(p -> p.category().equals(category))) {
        throw new UniassException(
            "category "
                + category
                + " of "
                + dataset.root()
                + " has no test images with known labels; leave it out of the data set");
      }
    }
  }

  /** Reads each map once and scores it under all rule sets. */
  List<Scores> score(
      List<NamedMetric> metrics,
      List<EvaluationProtocol> rules,
      ScoringOptions options,
      Progress progress) {
    Map<Image, Path> files = files();
    List<ScoringRun> runs = new ArrayList<>();
    try {
      for (EvaluationProtocol set : rules) {
        ScoringOptions shared =
            new ScoringOptions(
                set,
                options.byDefect(),
                options.curves(),
                Math.max(ScoringOptions.MINIMUM_MEMORY, options.memoryLimit() / rules.size()),
                options.scratch(),
                options.threads());
        runs.add(new EngineRun(metrics, images, shared));
      }
      long done = 0;
      for (Map.Entry<Image, Path> entry : files.entrySet()) {
        progress.step("scoring maps", done++, files.size());
        if (progress.canceled()) {
          throw new UniassException("scoring was canceled");
        }
        add(entry.getKey(), entry.getValue(), rules, runs);
      }
      progress.step("scoring maps", done, files.size());
      return runs.stream().map(ScoringRun::result).toList();
    } finally {
      runs.forEach(ScoringRun::close);
    }
  }

  private void add(Image image, Path file, List<EvaluationProtocol> rules, List<ScoringRun> runs) {
    AnomalyMap map = Npy.read(file);
    MapChecks.finite(file.toString(), map);
    Map<Integer, Optional<Mask>> byThreshold = new HashMap<>();
    for (int r = 0; r < rules.size(); r++) {
      EvaluationProtocol set = rules.get(r);
      Optional<Mask> mask =
          byThreshold.computeIfAbsent(set.maskThreshold(), t -> mask(image, map, t));
      runs.get(r)
          .add(
              mask.isEmpty() || mask.get().fits(map)
                  ? ScoredImage.of(image, set, map, mask)
                  : fitted(image, file, map, mask.get(), set));
    }
  }

  /** The image's mask in its own size; empty if nothing is known about the pixels. */
  private Optional<Mask> mask(Image image, AnomalyMap map, int threshold) {
    ImageFormat format =
        ImageFormat.of(map.height(), map.width())
            .withSize(map.height(), map.width(), Resize.NONE)
            .withMaskThreshold(threshold);
    return masks.mask(dataset.root(), image, format, true);
  }

  private ScoredImage fitted(
      Image image, Path file, AnomalyMap map, Mask mask, EvaluationProtocol rules) {
    int height = map.height();
    int width = map.width();
    return switch (rules.sizes()) {
      case EQUAL ->
          throw new UniassException(
              file
                  + " is "
                  + height
                  + " x "
                  + width
                  + ", the mask of "
                  + image.path()
                  + " is "
                  + mask.height()
                  + " x "
                  + mask.width()
                  + ", and rule set "
                  + rules.name()
                  + " does not resize; store maps of the mask's size or take another rule set");
      case MAP_TO_MASK ->
          ScoredImage.of(
              image,
              rules,
              new AnomalyMap(
                  mask.height(),
                  mask.width(),
                  SizeChange.bilinear(map.values(), height, width, mask.height(), mask.width())),
              Optional.of(mask));
      case MASK_TO_MAP ->
          scored(
              image,
              rules,
              map,
              SizeChange.nearest(mask.values(), mask.height(), mask.width(), height, width));
      case MASK_TO_MAP_SMOOTH -> scored(image, rules, map, smooth(mask, map));
    };
  }

  private static ScoredImage scored(
      Image image, EvaluationProtocol rules, AnomalyMap map, byte[] mask) {
    return ScoredImage.of(
        image, rules, map, Optional.of(new Mask(map.height(), map.width(), mask)));
  }

  /** Resizes a mask as an image of 0 and 255 and cuts it at one half. */
  private byte[] smooth(Mask mask, AnomalyMap map) {
    byte[] gray = new byte[3 * mask.values().length];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = (byte) (255 * mask.values()[i / 3]);
    }
    Pixels resized =
        masks.resize(
            new Pixels(mask.height(), mask.width(), gray),
            ImageFormat.of(map.height(), map.width()));
    byte[] values = new byte[map.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) ((resized.rgb()[3 * i] & 0xff) > 127 ? 1 : 0);
    }
    return values;
  }

  /** Finds each image's map, in the images' order; none may be missing and none left over. */
  private Map<Image, Path> files() {
    Map<String, String> there = list();
    Map<String, Long> stems =
        images.stream().collect(Collectors.groupingBy(p -> stem(p.path()), Collectors.counting()));
    Map<Image, Path> files = new LinkedHashMap<>();
    Set<String> surplus = new HashSet<>(there.values());
    List<String> missing = new ArrayList<>();
    for (Image image : images) {
      String full = image.path() + SUFFIX;
      String name =
          there.containsKey(FileNames.composed(full)) || stems.get(stem(image.path())) > 1
              ? full
              : stem(image.path()) + SUFFIX;
      String found = there.get(FileNames.composed(name));
      if (found != null) {
        surplus.remove(found);
        files.put(image, maps.resolve(found));
      } else {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      throw new UniassException(
          missing.size()
              + " of "
              + images.size()
              + " maps are missing in "
              + maps
              + ", the first is "
              + missing.get(0));
    }
    if (!surplus.isEmpty()) {
      throw new UniassException(
          surplus.size()
              + " maps in "
              + maps
              + " belong to no test image, the first is "
              + surplus.stream().min(String::compareTo).orElseThrow()
              + "; move them away");
    }
    return files;
  }

  /** The maps' names by their composed forms. */
  private Map<String, String> list() {
    try (Stream<Path> files = Files.walk(maps)) {
      return files
          .filter(f -> f.getFileName().toString().endsWith(SUFFIX) && Files.isRegularFile(f))
          .map(f -> maps.relativize(f).toString().replace('\\', '/'))
          .collect(Collectors.toMap(FileNames::composed, name -> name, this::twins));
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new UniassException("no folder of maps " + maps, e);
    } catch (IOException e) {
      throw new UniassException("cannot list " + maps + ": " + e.getMessage(), e);
    }
  }

  private String twins(String one, String other) {
    throw new UniassException(
        one + " is there twice in " + maps + ", in two Unicode forms; remove one, for one image");
  }

  private static String stem(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
  }
}
