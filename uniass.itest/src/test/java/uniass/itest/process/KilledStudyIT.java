/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A study of twelve trials that is killed twice ({@code SIGKILL}) and resumed ends with the bytes
 * of one that was left alone; one of its models is reproduced.
 */
class KilledStudyIT {

  private static final int TRIALS = 12;
  private static final int KILLED = 128 + 9;

  @TempDir Path folder;

  @Test
  void killedAndResumedStudiesEndWithTheSameBytes() throws Exception {
    write();
    sweep("whole").exits(0);

    Launched first = sweep("killed");
    first.awaitText("3/12 ", 1);
    first.kill();
    first.exits(KILLED);
    Launched second = sweep("killed");
    second.awaitText("8/12 ", 1);
    second.awaitText("epoch ", 2);
    second.kill();
    second.exits(KILLED);
    Launched last = sweep("killed");
    last.exits(0);
    // the boundary keeps 12/12 apart from 2/12
    assertFalse(
        Pattern.compile("\\b2/12 ").matcher(last.err()).find(), "done twice: " + last.err());

    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    List<String> files = new ArrayList<>(List.of("study.json", "trials.csv", "table.csv"));
    models(whole).forEach(model -> files.add("trials/" + model + "/model.safetensors"));
    assertEquals(3 + TRIALS, files.size());
    for (String file : files) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(killed.resolve(file)), file);
    }
    assertEquals(TRIALS * 2 + 1, Files.readAllLines(killed.resolve("trials.csv")).size());
    assertTrue(Files.readString(killed.resolve("study.html")).contains("gated-cnn=identity"));

    Path model = killed.resolve("trials/gated-cnn-identity_seed-2/model.safetensors");
    Launched again = start("reproduce", model.toString(), "--out", "again");
    again.exits(0);
    assertTrue(again.out().contains("has the same bytes"), again.out());
  }

  private void write() throws Exception {
    Launched.run(folder, "sample", "--out", "images", "--train", "2", "--test", "5", "--size", "32")
        .exits(0);
    Files.writeString(
        folder.resolve("tiny.yaml"),
        """
        dataset: { root: images, image-size: 32, categories: [cap, wood] }
        model:
          backbone: { name: efficientnet-lite0, weights: random }
          hidden: 32
          attention: { name: spatial-channel, neighbour-mask: 1, heads: 4, ffn: 32 }
          pixel-decoder: { name: transformer-fpn, heads: 4, ffn: 32, layers: 1 }
        train: { epochs: 1, batch: 2, validate-every: 0 }
        """);
    Files.writeString(
        folder.resolve("gates.yaml"),
        """
        study: gates
        base: tiny.yaml
        factors:
          model.gated-cnn: [identity, conv1x1]
          train.learning-rate: [1.0e-3]
        seeds: [1, 2, 3]
        metrics: [pixel-ap]
        """);
  }

  private Launched sweep(String out) throws IOException {
    return start("sweep", "gates.yaml", "--out", out, "--resume");
  }

  private Launched start(String... words) throws IOException {
    Map<String, String> variables =
        Map.of(
            "UNIASS_THREADS",
            "2",
            "UNIASS_JAVA_OPTS",
            "-Xmx800m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.io.tmpdir="
                + folder.resolve("tmp"));
    return Launched.start(folder, variables, words);
  }

  private static List<String> models(Path study) throws IOException {
    try (Stream<Path> trials = Files.list(study.resolve("trials"))) {
      return trials
          .filter(Files::isDirectory)
          .map(trial -> trial.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
