/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.inference.testing.TinyDataset;

/** Images of a 12-bit camera in 16-bit files, from training to prediction. */
class DepthTest {

  private final Console console = new Console();
  @TempDir Path folder;
  private Path data;
  private String experiment;

  @BeforeEach
  void draw() throws IOException {
    data = TinyDataset.write(folder.resolve("data"), 3, 1, 32);
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".png") && !file.toString().endsWith("_mask.png")) {
          deepen(file);
        }
      }
    }
    Path file = folder.resolve("tiny.yaml");
    Files.writeString(file, CommandsTest.TINY);
    experiment = file.toString();
  }

  /** Gray, 16 bits, of which 12 are used. */
  private static void deepen(Path file) throws IOException {
    BufferedImage eight = ImageIO.read(file.toFile());
    BufferedImage deep =
        new BufferedImage(eight.getWidth(), eight.getHeight(), BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 32 * 32; i++) {
      int gray = eight.getRaster().getSample(i % 32, i / 32, 0);
      deep.getRaster().setSample(i % 32, i / 32, 0, gray << 4 | 5);
    }
    ImageIO.write(deep, "png", file.toFile());
  }

  private void run(String... words) {
    assertEquals(0, console.run(words), console.err());
  }

  private byte[] predicted(String run) throws IOException {
    Path out = folder.resolve(run + "-found");
    run(
        "predict",
        "--model",
        folder.resolve(run + "/model.safetensors").toString(),
        data.resolve("dots/test/spot/000.png").toString(),
        "--out",
        out.toString(),
        "--formats",
        "npy");
    return Files.readAllBytes(out.resolve("maps/000.png.npy"));
  }

  private void train(String run, String depth) {
    run(
        "train",
        experiment,
        "--out",
        folder.resolve(run).toString(),
        "--set",
        "train.epochs=1",
        "--set",
        "dataset.depth=" + depth);
  }

  @Test
  void theModelKnowsTheDepthOfItsImages() throws IOException {
    train("twelve", "12");
    train("found", "auto");
    String resolved = Files.readString(folder.resolve("found/experiment.yaml"));
    assertTrue(resolved.contains("depth: 12\n"), resolved);
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("twelve/model.safetensors")),
        Files.readAllBytes(folder.resolve("found/model.safetensors")));

    Path eight = data.resolve("dots/test/spot/000.png");
    byte[] map = predicted("found");
    BufferedImage deep = ImageIO.read(eight.toFile());
    BufferedImage plain = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 32 * 32; i++) {
      plain
          .getRaster()
          .setSample(i % 32, i / 32, 0, deep.getRaster().getSample(i % 32, i / 32, 0) >> 4);
    }
    ImageIO.write(plain, "png", eight.toFile());
    assertArrayEquals(map, predicted("found"), "the upper 8 of 12 bits are what the network sees");
  }

  @Test
  void checkAndEvaluateUseTheDepthThatWasFound() {
    run("check", experiment, "--set", "dataset.depth=auto");
    assertFalse(console.out().contains("levels are used"), console.out());
    run("check", experiment);
    assertTrue(console.out().contains("set dataset.depth: 12"), console.out());
    train("run", "auto");
    List<String> tables =
        Stream.of("auto", "12", "16")
            .map(
                depth -> {
                  run(
                      "evaluate",
                      experiment,
                      "--model",
                      folder.resolve("run/model.safetensors").toString(),
                      "--out",
                      folder.resolve(depth).toString(),
                      "--set",
                      "dataset.depth=" + depth);
                  try {
                    return Files.readString(folder.resolve(depth + "/metrics.csv"));
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                })
            .toList();
    assertEquals(tables.get(1), tables.get(0));
    assertFalse(tables.get(2).equals(tables.get(0)), "the depth matters");
  }
}
