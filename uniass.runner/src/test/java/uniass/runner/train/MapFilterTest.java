/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Problem;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.checkpoint.TensorData;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Image;
import uniass.api.experiment.Experiments.TrainingResult;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.Prediction;
import uniass.api.inspection.SelfTest;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.ModelMetadata;
import uniass.inference.plugin.PartsInUse;
import uniass.inference.testing.TinyDataset;
import uniass.runner.dataset.DatasetLoader;
import uniass.runner.experiment.ExperimentRunner;

/** A map filter that is fitted to maps of held-out normal images. */
class MapFilterTest {

  private static final String FILTER = "model.map-filter={name: per-location, grid: 4}";
  private static final String GRIDS = "map_filter.grids";

  @TempDir Path folder;

  private final TinyTraining training = new TinyTraining();

  private Path draw(int images) throws IOException {
    return TinyDataset.write(folder.resolve("data" + images), images, 1, 32);
  }

  /** Draws images whose upper left corner never looks alike. */
  private Path drawRestless() throws IOException {
    Path data = draw(20);
    Random random = new Random(8);
    List<Path> files;
    try (Stream<Path> all = Files.walk(data)) {
      files = all.filter(f -> f.toString().matches(".*/(train|test)/.*png")).sorted().toList();
    }
    for (Path file : files) {
      BufferedImage image = ImageIO.read(file.toFile());
      for (int i = 0; i < 8 * 8; i++) {
        image.setRGB(i % 8, i / 8, random.nextInt());
      }
      ImageIO.write(image, "png", file.toFile());
    }
    return data;
  }

  private ExperimentSpec bank(Path data, String... more) {
    List<String> all = new ArrayList<>(List.of(FILTER, "calibrate.held-out=0.4"));
    all.addAll(List.of(more));
    return training.bank(data, "size: 200, levels: [2]", all.toArray(String[]::new));
  }

  private TrainingResult train(ExperimentSpec spec, String out, boolean resume) {
    return training.train(spec, folder.resolve(out), resume, Progress.NONE);
  }

  private Map<String, TensorData> tensors(Path file) {
    return training.services.checkpoints().read(file).tensors();
  }

  private ModelMetadata metadata(TrainingResult result) {
    return new ModelMetadata(training.services.checkpoints().read(result.model()).metadata());
  }

  private Prediction inspect(Path model, Path image) {
    try (Inspector inspector =
        training.rig.inspection().open(model, InspectionOptions.defaults())) {
      return inspector.inspect(image);
    }
  }

  @Test
  void isFittedOnceTheNetworkHasLearnedAndGoesWithTheModel() throws IOException {
    Path data = drawRestless();
    TrainingResult fitted = train(bank(data), "fitted", false);
    TrainingResult plain = train(bank(data, "model.map-filter=gaussian"), "plain", false);
    assertEquals(
        List.of(2L, 12L, 4L, 4L),
        Arrays.stream(tensors(fitted.model()).get(GRIDS).shape()).boxed().toList());
    assertEquals(
        metadata(plain).thresholds().get("dots").images(),
        metadata(fitted).thresholds().get("dots").images(),
        "all held-out images, half by half");
    assertTrue(
        metadata(fitted).thresholds().get("dots").value()
            < metadata(plain).thresholds().get("dots").value(),
        "the threshold is that of flatter maps");

    Path checkpoint = fitted.out().resolve("checkpoints/epoch-0001.safetensors");
    assertEquals(1, tensors(checkpoint).get(GRIDS).shape()[0], "not yet fitted");
    byte[] model = Files.readAllBytes(fitted.model());
    Files.delete(fitted.model());
    train(bank(data), "fitted", true);
    assertArrayEquals(model, Files.readAllBytes(fitted.model()), "resumed: only finished");

    try (Inspector inspector =
        training.rig.inspection().open(fitted.model(), InspectionOptions.defaults())) {
      SelfTest maps = inspector.selfTest().orElseThrow();
      assertTrue(maps.agrees(), "as the training computed them: " + maps);
    }
    Path good = data.resolve("dots/test/good/000.png");
    double before = corner(inspect(plain.model(), good));
    double after = corner(inspect(fitted.model(), good));
    assertTrue(before > 1.5, "odd in normal images, too: " + before);
    assertTrue(after < 0.9 * before, "flatter with the filter: " + after + " of " + before);
  }

  /** How odd the corner is, against the whole map. */
  private static double corner(Prediction prediction) {
    AnomalyMap map = prediction.map();
    double corner = 0;
    double whole = 0;
    for (int i = 0; i < map.values().length; i++) {
      whole += map.values()[i] / map.values().length;
      if (i % map.width() < 8 && i / map.width() < 8) {
        corner += map.values()[i] / 64;
      }
    }
    return corner / whole;
  }

  @Test
  void theChosenEpochIsFittedAndItsCheckpointIsNot() throws IOException {
    Path data = draw(8);
    ExperimentSpec spec =
        training.spec(
            data,
            FILTER,
            "train.select=normal-split",
            "train.held-out=0.5",
            "train.validate-every=1");
    TrainingResult result = train(spec, "chosen", false);
    Map<String, TensorData> model = tensors(result.model());
    Map<String, TensorData> checkpoint =
        tensors(
            result.out().resolve("checkpoints/epoch-%04d.safetensors".formatted(result.epoch())));
    assertEquals(2, model.get(GRIDS).shape()[0]);
    assertEquals(1, checkpoint.get(GRIDS).shape()[0]);
    for (String name : model.keySet()) {
      if (!name.startsWith("map_filter.")) {
        assertEquals(checkpoint.get(name).data(), model.get(name).data(), name);
      }
    }
    assertTrue(result.warnings().stream().noneMatch(w -> w.startsWith("map filter")));
  }

  @Test
  void categoriesThatAreTooSmallStayAsTheyAre() throws IOException {
    Path data = draw(20);
    for (int i = 5; i < 20; i++) {
      Files.delete(data.resolve("lines/train/good/%03d.png".formatted(i)));
    }
    TrainingResult fitted = train(bank(data), "fitted", false);
    TrainingResult plain = train(bank(data, "model.map-filter=gaussian"), "plain", false);
    assertTrue(
        fitted.warnings().stream().anyMatch(w -> w.endsWith("held-out normal images: lines")),
        fitted.warnings() + "");
    Path lines = data.resolve("lines/test/spot/000.png");
    assertArrayEquals(
        inspect(plain.model(), lines).map().values(),
        inspect(fitted.model(), lines).map().values());
    assertEquals(
        metadata(plain).thresholds().get("lines").value(),
        metadata(fitted).thresholds().get("lines").value());
  }

  @Test
  void trainAndCheckRefuseWithoutHeldOutImages() throws IOException {
    Path data = draw(4);
    refused(bank(data), "no category has so many: give one 20 training images at least");
    refused(
        bank(data, "calibrate.held-out=0"),
        "no category has so many: calibrate.held-out is 0; set it");
    refused(
        bank(data, "train.select=normal-split", "train.validate-every=1"),
        "no category has so many: give one more training images, or raise train.held-out");
    assertFalse(Files.exists(folder.resolve("refused")));
  }

  private void refused(ExperimentSpec spec, String words) {
    String line =
        assertThrows(UniassException.class, () -> train(spec, "refused", false)).getMessage();
    assertTrue(line.startsWith("model.map-filter: 'per-location' is fitted to "), line);
    assertTrue(line.contains(words), line);
    List<Problem> problems =
        new ExperimentRunner(training.services, event -> {}).check(spec, Progress.NONE).problems();
    assertEquals(
        List.of(line.replaceFirst("model.map-filter: ", "")),
        problems.stream()
            .filter(p -> p.where().equals("model.map-filter"))
            .map(Problem::message)
            .toList());
  }

  @Test
  void noImageIsScoredByAFilterThatWasFittedToIt() throws IOException {
    Path data = draw(20);
    ExperimentSpec spec = bank(data);
    TrainingImages images =
        TrainingImages.of(
            DatasetLoader.read(spec.dataset(), new PartsInUse(training.plugins)),
            spec.train(),
            spec.calibrate().heldOut());
    List<Image> unseen = images.calibration().unseen();
    assertEquals(16, unseen.size());
    MapFilterFit fit = new MapFilterFit(training.services, spec, Device.cpu(), null, images);
    List<Image> scored = new ArrayList<>();
    for (MapFilterFit.Half half : fit.halves(unseen)) {
      assertEquals(8, half.others().size());
      assertTrue(half.images().stream().noneMatch(half.others()::contains));
      for (String category : List.of("dots", "lines")) {
        assertEquals(4, half.others().stream().filter(i -> i.category().equals(category)).count());
      }
      scored.addAll(half.images());
    }
    assertEquals(16, scored.size());
    assertEquals(new HashSet<>(unseen), new HashSet<>(scored));
    assertEquals(Optional.empty(), fit.note());
  }
}
