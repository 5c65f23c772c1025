/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.UniassException;
import uniass.api.data.Tiling;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.Scores;
import uniass.api.plugin.PluginType;
import uniass.inference.testing.PlainPlugins;
import uniass.inference.testing.Rig;

class ExperimentReaderTest {

  private final PlainPlugins plugins = new PlainPlugins();
  private final ExperimentLibrary library = new ExperimentLibrary(plugins);

  private ExperimentSpec read(String text, String... overrides) {
    return library.parse("x.yaml", text, Path.of(""), List.of(overrides));
  }

  private String error(String text, String... overrides) {
    return assertThrows(UniassException.class, () -> read(text, overrides)).getMessage();
  }

  @Test
  void defaultsAreThePapers() {
    ExperimentSpec spec = read("dataset: { root: images }");
    assertEquals("x", spec.name());
    assertEquals("efficientnet-b4", spec.model().backbone().name());
    assertEquals(256, spec.model().hidden());
    assertEquals(
        List.of("mse", "cosine"),
        spec.model().loss().terms().stream().map(PartSpec::name).toList());
    assertEquals("paper", spec.model().loss().terms().get(1).settings().text("form"));
    assertEquals(2048, spec.model().attention().settings().integer("ffn"));
    assertEquals(7, spec.model().attention().settings().integer("neighbour-mask"));
    assertEquals(0, spec.model().pixelDecoder().settings().integer("neighbour-mask"));
    assertEquals(1000, spec.train().epochs());
    assertEquals(1e-4, spec.train().learningRate());
    assertEquals(0.1, spec.train().clip());
    assertEquals("step", spec.train().schedule().name());
    assertEquals(400, spec.train().schedule().every());
    assertEquals(133, spec.train().seed());
    assertEquals(10, spec.model().loss().weight());
    assertEquals(TrainSpec.Select.LAST, spec.train().select());
  }

  @Test
  void aBackslashThatBecameAControlCharacterIsNamed() {
    UniassException e =
        assertThrows(UniassException.class, () -> read("dataset:\n  root: \"C:\\bottles\"\n"));
    assertTrue(e.getMessage().contains("line 2: a text with a control character"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "balanced",
        "best",
        "demo",
        "fast",
        "mvtec-paper",
        "mvtec-released",
        "visa-paper",
        "visa-released"
      })
  void everyShippedExperimentIsValidAndComesBackFromItsOwnText(String name) {
    ExperimentSpec spec = library.read(name, List.of());
    assertEquals(name, spec.name());
    String resolved = spec.yaml();
    assertEquals(resolved, read(resolved).yaml());
    String portable = spec.portableYaml();
    assertEquals(portable, read(portable).portableYaml());
    assertTrue(!portable.contains("root:") && !portable.contains("weights:"), portable);
  }

  @Test
  void theReleasedExperimentDiffersWhereTheReleasedCodeDoes() {
    ExperimentSpec spec = library.read("mvtec-released", List.of());
    assertEquals("released", spec.model().loss().terms().get(1).settings().text("form"));
    assertTrue(spec.train().schedule().late());
    assertTrue(!spec.dataset().augment().rotate().contains("hazelnut"));
    assertTrue(
        library.read("mvtec-paper", List.of()).dataset().augment().rotate().contains("hazelnut"));
  }

  @Test
  void partsAreNamesOrMaps() {
    ExperimentSpec spec =
        read("model: { gated-cnn: { name: mgg-cnn, branches: [1x1, 3x3] }, attention: spatial }");
    assertEquals(List.of("1x1", "3x3"), spec.model().gatedCnn().settings().texts("branches"));
    assertEquals("spatial", spec.model().attention().name());
  }

  @Test
  void overridesReachIntoPartsThatAreNames() {
    ExperimentSpec spec =
        read(
            "model: { attention: spatial }",
            "model.attention.heads=2",
            "train.learning-rate=1e-3",
            "train.schedule=cosine",
            "dataset.image-size=[64, 96]",
            "model.loss.cosine=released");
    assertEquals("spatial", spec.model().attention().name());
    assertEquals(2, spec.model().attention().settings().integer("heads"));
    assertEquals(1e-3, spec.train().learningRate());
    assertEquals("cosine", spec.train().schedule().name());
    assertEquals(96, spec.dataset().format().width());
    assertEquals("released", spec.model().loss().terms().get(1).settings().text("form"));
  }

  @Test
  void madStandsForTheSevenThatItIsTheMeanOf() {
    for (String section : List.of("evaluate", "train")) {
      for (String list : List.of("mad", "[mad]", "[pixel-ap, mad, dice, dice]")) {
        ExperimentSpec spec = read(section + ": { metrics: " + list + " }");
        List<PartSpec> metrics =
            section.equals("train") ? spec.train().metrics() : spec.evaluate().metrics();
        List<String> expected = new ArrayList<>(Scores.USUAL_SEVEN);
        if (list.contains("dice")) {
          expected.remove("pixel-ap");
          expected.add(0, "pixel-ap");
          expected.add("dice");
        }
        assertEquals(expected, metrics.stream().map(PartSpec::name).toList(), list);
        assertEquals(spec.yaml(), again(spec).yaml());
      }
    }
    assertEquals(
        0.3,
        read("{}", "evaluate.metrics=mad").evaluate().metrics().get(6).settings().number("limit"));
    assertEquals(
        "pixel-ap",
        read("train: { select: test, metrics: [pixel-ap, mad] }").train().metrics().get(0).name());
  }

  private ExperimentSpec again(ExperimentSpec spec) {
    String resolved = spec.yaml();
    assertTrue(!resolved.contains("mad"), resolved);
    return read(resolved);
  }

  @Test
  void theWordAllStandsForAllCategories() {
    assertEquals(
        Set.of("all"),
        read("dataset: { augment: { hflip: all } }").dataset().augment().horizontalFlip());
    assertEquals(List.of(), read("dataset: { categories: all }").dataset().categories());
    assertEquals(
        List.of("001", "on"), read("dataset: { categories: [001, on] }").dataset().categories());
    assertEquals(
        List.of("caf\u00e9"),
        read("dataset: { categories: [cafe\u0301] }").dataset().categories(),
        "as the readers name them");
  }

  @Test
  void tilesHaveTheModelsSizeAndShareAQuarterUnlessToldOtherwise() {
    assertEquals(Optional.empty(), read("dataset: { tiles: }").dataset().tiling());
    assertEquals(
        Optional.of(new Tiling(224, 56)), read("dataset: { tiles: {} }").dataset().tiling());
    ExperimentSpec spec = read("{}", "dataset.tiles.size=448", "dataset.tiles.overlap=0");
    assertEquals(Optional.of(new Tiling(448, 0)), spec.dataset().tiling());
    assertEquals(spec.dataset().tiling(), read(spec.portableYaml()).dataset().tiling());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model: { gated-cnn: mgg-cn }      | x.yaml, line 1: no gated CNN 'mgg-cn' (did you mean 'mgg-cnn'?) | there are: conv1x1
          train: { epoch: 3 }               | x.yaml, line 1: unknown key 'epoch' in train (did you mean 'epochs'?) | known:
          trian: { epochs: 3 }              | unknown key 'trian' in the experiment (did you mean 'train'?) | dataset
          train: { epochs: many }           | x.yaml, line 1: train.epochs must be a whole number from 1 to 1000000 | not 'many'
          train: { epochs: 0 }              | train.epochs must be a whole number | not '0'
          train: { select: best }           | train.select: no 'best' | last, normal-split, test
          train: { device: gpu }            | train.device must be auto, cpu or cuda:N | 'gpu'
          dataset: { image-size: 100 }      | dataset.image-size must be a multiple of 16 | [height, width]
          dataset: { tiles: 64 }            | tiles must be a map | '64'
          dataset: { tiles: { size: 100 } } | x.yaml, line 1: dataset.tiles: the size of tiles must be a multiple of 16 from 32 to 16384 | not 100
          dataset: { tiles: { size: 64, overlap: 40 } } | dataset.tiles: tiles of 64 pixels overlap by 0 to 32 | not by 40
          dataset: { tiles: { size: big } } | dataset.tiles.size must be a whole number | 'big'
          dataset: { tiles: { width: 64 } } | unknown key 'width' in dataset.tiles | size, overlap
          dataset: { image-size: [64, 96], tiles: { size: 64 } } | tiles are square, and image-size is 64 x 96 | one number
          dataset: { resize: none, tiles: { size: 448 } } | resize is none, so tiles have image-size, 224 pixels | not 448
          dataset: nothing                  | dataset must be a map | 'nothing'
          model: { attention: { heads: x } } | heads must be a whole number | 'x'
          model: { attention: { name: spatial, hedas: 2 } } | unknown key 'hedas' | did you mean 'heads'?
          train: { select: test, validate-every: 0 } | train.select: test needs train.validate-every above 0 | line 1
          name: ../up                       | must be letters, digits, dots, dashes | line 1
          train: { epochs: 3, epochs: 4 }   | 'epochs' is there twice | line 1
          train: { select: test, metrics: mad } | train.select: test chooses by the first of train.metrics, and mad stands for seven | line 1
          evaluate: { metrics: [] }         | evaluate.metrics needs one at least | pixel-ap
          """)
  void whatIsWrongIsNamedWithItsPlaceAndAFix(String text, String expected, String also) {
    String error = error(text);
    assertTrue(error.contains(expected), error);
    assertTrue(error.contains(also), error);
    assertEquals(1, error.lines().count(), error);
  }

  @Test
  void allThatIsWrongIsSaidAtOnceWithLines() {
    String error = error("train:\n  epochs: x\n  batch: 0\nmodel:\n  hiden: 64\n");
    assertEquals(3, error.lines().count(), error);
    assertTrue(error.contains("x.yaml, line 2: train.epochs"), error);
    assertTrue(error.contains("x.yaml, line 3: train.batch"), error);
    assertTrue(error.contains("x.yaml, line 5: unknown key 'hiden'"), error);
  }

  @Test
  void syntaxErrorsCarryTheirLine() {
    assertTrue(error("train:\n  epochs: [1\nmodel: {}\n").contains("x.yaml, line 3"));
    assertTrue(error("just text").contains("an experiment is a map"));
    assertTrue(error("{}", "train.epochs").contains("write --set key.key=value"));
    assertTrue(error("{}", "train.epochs=[").contains("--set train.epochs: not YAML"));
  }

  @Test
  void whatTheCommandLineSetsIsNamedOnce() {
    assertEquals(
        "--set train.epochs must be a whole number from 1 to 1000000, not '0'",
        error("{}", "train.epochs=0"));
    assertEquals(
        "--set train.select: normal-split needs train.validate-every above 0",
        error("train: { validate-every: 0 }", "train.select=normal-split"));
    String none =
        assertThrows(
                UniassException.class,
                () -> PartReaders.read(plugins, "--metrics", PluginType.METRIC, ""))
            .getMessage();
    assertTrue(none.startsWith("--metrics needs a name; there are: aupimo"), none);
  }

  @Test
  void aChoiceMayEndAMetricsName() {
    for (String list :
        List.of(
            "image-f1-max-top-1-percent",
            "[image-f1-max-top-1-percent, image-f1-max-top-1-percent]",
            "{ name: image-f1-max-top-1-percent }",
            "[{ name: image-f1-max, score: top-1-percent }]")) {
      var metrics = read("evaluate: { metrics: " + list + " }").evaluate().metrics();
      assertEquals(1, metrics.size(), list);
      assertEquals("image-f1-max", metrics.get(0).name(), list);
      assertEquals("top-1-percent", metrics.get(0).settings().text("score"), list);
    }
    assertEquals("aupro-05", read("train: { metrics: aupro-05 }").train().metrics().get(0).name());
    assertTrue(error("evaluate: { metrics: image-ap-median }").contains("no metric"));
    assertEquals(
        "std",
        PartReaders.readMetrics(plugins, "--metrics", List.of("image-ap-std"))
            .get(0)
            .settings()
            .text("score"));
  }

  @Test
  void theRuleSetsAreThoseThatThereAre() {
    assertEquals(
        new Rig(plugins).scoring().protocols().stream().map(EvaluationProtocol::name).toList(),
        Entry.of(EvaluateSpec.class).get(1).setting().choices());
  }

  @Test
  void hostileYamlIsRefusedQuickly() {
    assertThrows(UniassException.class, () -> read("a: &a [*a]"));
    assertThrows(UniassException.class, () -> read("[".repeat(10_000)));
    assertThrows(UniassException.class, () -> read("x: !!javax.script.ScriptEngineManager [a]"));
  }

  @Test
  void anUnknownExperimentNamesThoseThatShip() {
    String error =
        assertThrows(UniassException.class, () -> library.read("mvtec-papr", List.of()))
            .getMessage();
    assertTrue(error.contains("did you mean 'mvtec-paper'?"), error);
  }
}
