/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that is killed at random moments ({@code SIGKILL}), also while it writes a checkpoint,
 * and resumed each time ends with the bytes of one that was left alone. {@code -Duniass.kills=20}
 * kills more often, {@code -Duniass.kills.seed=2} at other moments.
 */
class KilledRunIT {

  private static final int KILLS = Integer.getInteger("uniass.kills", 3);
  private static final long SEED = Long.getLong("uniass.kills.seed", 1);
  private static final int EPOCHS = 2 * KILLS + 4;
  private static final int KILLED = 128 + 9;
  private static final String STEP = "epoch ";

  private final Random random = new Random(SEED);

  @TempDir Path folder;

  @Test
  void killedAndResumedRunsEndWithTheSameBytes() throws Exception {
    writeExperiment();
    Launched undisturbed = train("whole");
    undisturbed.awaitText(STEP, 1);
    long begin = System.nanoTime();
    undisturbed.exits(0);
    long epoch = (System.nanoTime() - begin) / EPOCHS;

    Path killed = folder.resolve("killed");
    for (int i = 0; i < KILLS; i++) {
      Launched training = train("killed");
      String moment = awaitMoment(i, training, epoch, killed);
      training.kill();
      training.exits(KILLED);
      System.out.println("kill " + (i + 1) + ": " + moment + "; left " + files(killed));
    }
    train("killed").exits(0);

    Path whole = folder.resolve("whole");
    for (String file : List.of("model.safetensors", "history.csv")) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(killed.resolve(file)), file);
    }
    assertEquals(files(whole), files(killed), "no half-written file stays");
    Path events = Path.of("tensorboard", "events.out.tfevents.uniass");
    assertEquals(
        Files.size(whole.resolve(events)),
        Files.size(killed.resolve(events)),
        "as many steps for TensorBoard; only their times differ");
  }

  /** Everything that a checkpoint has to carry is at work: dropout, jitter, flips, averages. */
  private void writeExperiment() throws IOException, InterruptedException {
    Launched.run(folder, "sample", "--out", "images", "--train", "4", "--test", "5", "--size", "64")
        .exits(0);
    Files.writeString(
        folder.resolve("tiny.yaml"),
        """
        name: tiny
        dataset:
          root: images
          image-size: 64
          categories: [cap, wood]
          augment: { hflip: [wood] }
        model:
          backbone: efficientnet-lite0
          hidden: 32
          attention: { name: spatial-channel, neighbour-mask: 1, heads: 4, ffn: 32 }
          pixel-decoder: { name: transformer-fpn, heads: 4, ffn: 32, layers: 1 }
        train:
          epochs: %d
          batch: 2
          accumulate: 2
          ema: 0.9
          schedule: cosine
          validate-every: 2
          select: normal-split
          held-out: 0.25
        """
            .formatted(EPOCHS));
  }

  private Launched train(String out) throws IOException {
    Map<String, String> variables =
        Map.of(
            "UNIASS_THREADS",
            "2",
            "UNIASS_JAVA_OPTS",
            // its code does not compile to the utmost: it is over in seconds
            "-Xmx800m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.io.tmpdir="
                + folder.resolve("tmp"));
    return Launched.start(folder, variables, "train", "tiny.yaml", "--out", out, "--resume");
  }

  /** Waits for the moment of a kill, and says which it is. */
  private String awaitMoment(int kill, Launched training, long epoch, Path run) throws Exception {
    // However fast the training is, it is killed before its end, and each later one, too.
    int last = 2 * kill + 3;
    if (kill % 7 == 6) {
      return sleep(2_000_000_000L, run, last) + " ms after its start";
    }
    training.awaitText(STEP, 1);
    if (kill % 2 == 0) {
      return sleep(epoch * 3 / 2, run, last) + " ms after its first step";
    }
    Path checkpoints = run.resolve("checkpoints");
    while (training.isAlive() && !isWriting(checkpoints)) {
      Thread.onSpinWait();
    }
    // from the file's first byte to a moment after it was renamed
    return sleep(20_000_000, run, last) + " ms into the writing of a checkpoint";
  }

  /** Waits for a random time, or for an epoch if that comes first. */
  private long sleep(long mostNanoseconds, Path run, int epoch) throws Exception {
    long begin = System.nanoTime();
    long wait = random.nextLong(mostNanoseconds);
    while (System.nanoTime() - begin < wait && epochs(run) < epoch) {
      TimeUnit.NANOSECONDS.sleep(Math.min(wait, 2_000_000));
    }
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private static long epochs(Path run) throws IOException {
    Path history = run.resolve("history.csv");
    return Files.exists(history) ? Files.readAllLines(history).size() - 1 : 0;
  }

  private static boolean isWriting(Path checkpoints) throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    try (DirectoryStream<Path> temporary = Files.newDirectoryStream(checkpoints, ".*.tmp")) {
      return temporary.iterator().hasNext();
    }
  }

  private static List<String> files(Path run) throws IOException {
    if (!Files.isDirectory(run)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(run)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> run.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
