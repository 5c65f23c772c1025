/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uniass.api.UniassException;
import uniass.inference.testing.PlainPlugins;

/** Words that experiments and models had before still read. */
class OldWordsTest {

  /** The experiment in the metadata of a model that was trained before 'picture' became 'image'. */
  private static final String OLD =
      """
      name: old
      dataset:
        reader:
          name: real-iad
          pictures: realiad_1024
          views: []
        image-size:
        - 224
        - 224
        resize: pil-bilinear
        mask-threshold: 0
        maximum-pixels: 200000000
        depth: 16
        categories: all
        augment:
          hflip:
          - bottle
          vflip: []
          rotate: []
          colour-jitter: 0.0
        balanced: false
        skip-unreadable: false
      model:
        backbone: efficientnet-lite0
        features: gaussian-residual
        hidden: 256
        pixel-decoder:
          name: transformer-fpn
          dropout: 0.1
          ffn: 2048
          heads: 4
          layers: 3
          neighbour-mask: 0
          norm: post
        attention:
          name: spatial-channel
          dropout: 0.1
          ffn: 2048
          heads: 4
          neighbour-mask: 7
          norm: post
          order: cross-first
        gated-cnn:
          name: mgg-cnn
          branches:
          - 1x1
          - 3x3
          - 3x3-2
          - 3x3-3
        query:
          projector: conv3x3
          processor: re-weighted
        loss:
          terms:
          - mse
          - name: cosine
            form: paper
          weight: 10.0
        jitter:
          scale: 20.0
          probability: 0.5
        map-filter: gaussian
        fusion: product
      train:
        epochs: 1000
        batch: 64
        accumulate: 1
        optimizer: adamw
        learning-rate: 1.0E-4
        weight-decay: 1.0E-4
        clip: 0.1
        ema: 0.0
        seed: 133
        schedule:
          name: step
          every: 400
          factor: 0.1
          late: false
          minimum: 0.0
          warm-up: 0.0
        validate-every: 10
        metrics:
        - pixel-auroc
        select: last
        held-out: 0.1
        early-stopping: 0
        non-finite: stop
        checkpoint-every: 1
      evaluate:
        metrics:
        - pixel-ap
        - name: aupro
          limit: 0.3
        rules: uniass
        batch: 8
      calibrate:
        false-alarm-rate: 0.01
        confidence: 0.95
      """;

  /** Defects that an old model knows nothing of change nothing in it. */
  private static final String SYNTHETIC =
      """
      synthetic:
        name: painted
        foreground: true
        kinds:
        - cut-paste
        - texture
        - generated
        - scratch
        - spot
        - color
        - blur
        - missing
        largest: 0.35
        most: 2
        smallest: 0.015
        strongest: 1.0
        weakest: 0.3
      """
          .indent(2);

  private final ExperimentLibrary library = new ExperimentLibrary(new PlainPlugins());

  @Test
  void anOldModelsExperimentReadsAndSaysTheSame() {
    ExperimentSpec spec = library.describing("old.safetensors", OLD);
    assertEquals("realiad_1024", spec.dataset().reader().settings().text("images"));
    assertEquals(
        OLD.replace("pictures:", "images:")
            .replace("model:\n", "model:\n  network:\n    name: uniass\n    levels: 4\n")
            .replace("  schedule:\n", "  precision: float32\n  schedule:\n")
            .replace("  balanced:", SYNTHETIC + "  balanced:")
            .replace("false-alarm-rate:", "method: order\n  image-score: max\n  false-alarm-rate:")
            .replace("confidence: 0.95\n", "confidence: 0.95\n  held-out: 0.0\n  folds: 0\n"),
        spec.portableYaml(),
        "settings that it is older than have the values of its time");
    ExperimentSpec now = library.parse("old", spec.yaml(), Path.of(""), List.of());
    assertEquals(List.of(), Differences.between(spec, now, Set.of("dataset", "model", "train")));
  }

  @Test
  void ofTwoNamesOneIsEnough() {
    UniassException e =
        assertThrows(
            UniassException.class,
            () ->
                library.parse(
                    "x.yaml",
                    "dataset: { reader: { name: real-iad, pictures: a, images: b } }",
                    Path.of(""),
                    List.of()));
    assertTrue(
        e.getMessage().contains("line 1: 'pictures' is the old name of 'images'; keep one"),
        e.getMessage());
  }
}
