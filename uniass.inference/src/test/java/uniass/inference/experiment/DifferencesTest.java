/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uniass.inference.experiment.Differences.Difference;
import uniass.inference.testing.PlainPlugins;

class DifferencesTest {

  private final ExperimentLibrary library = new ExperimentLibrary(new PlainPlugins());

  private ExperimentSpec spec(String... settings) {
    return library.parse("x.yaml", "{}", Path.of(""), List.of(settings));
  }

  private static List<String> between(ExperimentSpec before, ExperimentSpec now) {
    return Differences.between(before, now, Set.of("dataset", "model", "train")).stream()
        .map(Difference::toString)
        .toList();
  }

  @Test
  void theSettingAndBothValuesAreNamed() {
    assertEquals(
        List.of(
            "dataset.categories: was all, is [bottle, cable]",
            "train.learning-rate: was 1.0e-4, is 3.0e-4"),
        between(spec(), spec("train.learning-rate=3e-4", "dataset.categories=[bottle, cable]")));
  }

  @Test
  void valuesAreComparedNotTheirSpelling() {
    assertEquals(
        List.of(),
        between(
            spec("train.schedule=step", "model.loss.cosine=paper", "dataset.tiles={}"),
            spec(
                "train.schedule={name: step, every: 400}",
                "model.loss.terms=[mse, {name: cosine, form: paper}]",
                "dataset.tiles={size: 224, overlap: 56}",
                "train.learning-rate=0.0001")));
  }

  @Test
  void anotherPluginIsOneDifference() {
    assertEquals(
        List.of("model.gated-cnn: was mgg-cnn, is identity"),
        between(spec(), spec("model.gated-cnn=identity")));
    assertEquals(
        List.of("model.gated-cnn.branches: was [1x1, 3x3, 3x3-2, 3x3-3], is [1x1]"),
        between(spec(), spec("model.gated-cnn.branches=[1x1]")));
  }

  @Test
  void partsOfListsAreCompared() {
    assertEquals(
        List.of("model.loss.terms: was [mse, cosine], is [mse]"),
        between(spec(), spec("model.loss.terms=mse")));
    assertEquals(
        List.of("model.loss.terms[2].form: was paper, is released"),
        between(spec(), spec("model.loss.cosine=released")));
  }

  @Test
  void whatBelongsToOneMachineOrIsNotAskedForIsLeftOut() {
    assertEquals(
        List.of(),
        between(
            spec(),
            spec(
                "name=other",
                "dataset.root=elsewhere",
                "train.device=cpu",
                "model.backbone.weights=random",
                "evaluate.metrics=pixel-ap")));
  }

  @Test
  void networksMayDifferInWhatTrainsThem() {
    ExperimentSpec trained = spec("model.attention.heads=2");
    assertEquals(
        List.of("model.attention.heads: was 2, is 4"),
        Differences.ofNetworks(
                trained,
                spec(
                    "model.loss.terms=mse",
                    "model.jitter.scale=0",
                    "model.attention.dropout=0",
                    "model.fusion=mean",
                    "train.epochs=1"))
            .stream()
            .map(Difference::toString)
            .toList());
  }
}
