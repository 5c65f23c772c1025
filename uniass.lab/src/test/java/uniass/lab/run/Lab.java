/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import uniass.api.experiment.Experiments;
import uniass.inference.testing.PlainPlugins;
import uniass.inference.testing.Rig;
import uniass.inference.testing.TinyDataset;
import uniass.lab.StudyRequest;
import uniass.runner.experiment.ExperimentRunner;
import uniass.runner.queue.Services;

/** Studies over the real services, and a folder with a tiny experiment. */
final class Lab {

  final Path folder;
  final StudyRunner studies;

  Lab(Path folder) throws IOException {
    this.folder = folder;
    Rig rig = new Rig(new PlainPlugins());
    Experiments experiments =
        new ExperimentRunner(
            new Services(
                rig.models(), rig.checkpoints(), rig.images(), rig.scoring(), rig.thresholds()),
            event -> {});
    studies =
        new StudyRunner(
            experiments, rig.models(), rig.checkpoints(), rig.images(), rig.inspection());
    TinyDataset.write(folder.resolve("images"), 4, 2, 32);
    Files.writeString(
        folder.resolve("tiny.yaml"),
        """
        dataset: { root: images, image-size: 32 }
        model:
          backbone: { name: efficientnet-lite0, weights: random }
          hidden: 32
          attention: { name: spatial-channel, neighbour-mask: 1, heads: 4, ffn: 32 }
          pixel-decoder: { name: transformer-fpn, heads: 4, ffn: 32, layers: 1 }
        train: { epochs: 1, batch: 4, validate-every: 0 }
        """);
  }

  /** A study of the tiny experiment. */
  StudyRequest study(String more) throws IOException {
    Path file = folder.resolve("gates.yaml");
    Files.writeString(file, "base: tiny.yaml\nmetrics: [pixel-ap]\n" + more);
    return StudyRequest.of(file.toString()).withOut(folder.resolve("out"));
  }
}
