package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
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
class KilledRunTest {

  private static final int KILLS = Integer.getInteger("uniass.kills", 3);
  private static final long SEED = Long.getLong("uniass.kills.seed", 1);

  private final Random random = new Random(SEED);

  @TempDir Path folder;

  @Test
  void killedAndResumedRunsEndWithTheSameBytes() throws Exception {
    int epochs = 2 * KILLS + 4;
    Path experiment =
        Launcher.experiment(
            folder,
            "epochs: "
                + epochs
                + ", batch: 2, accumulate: 2, ema: 0.9, schedule: cosine, validate-every: 2,"
                + " select: normal-split, held-out: 0.25");
    Path whole = folder.resolve("whole");
    Process undisturbed = start(experiment, whole);
    awaitFirstStep(undisturbed);
    long begin = System.nanoTime();
    Launcher.rest(undisturbed);
    assertEquals(0, Launcher.exitCode(undisturbed));
    long epoch = (System.nanoTime() - begin) / epochs;

    Path killed = folder.resolve("killed");
    for (int i = 0; i < KILLS; i++) {
      Process process = start(experiment, killed);
      String moment = awaitMoment(i, process, epoch, killed.resolve("checkpoints"));
      process.destroyForcibly();
      assertEquals(137, Launcher.exitCode(process), "it was killed " + moment);
      System.out.println("kill " + (i + 1) + ": " + moment + "; left " + left(killed));
    }
    Process last = start(experiment, killed);
    String said = Launcher.rest(last);
    assertEquals(0, Launcher.exitCode(last), said);

    for (String file : List.of("model.safetensors", "history.csv")) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(killed.resolve(file)), file);
    }
    assertEquals(left(whole), left(killed), "no half-written file stays");
    Path events = Path.of("tensorboard", "events.out.tfevents.uniass");
    assertEquals(
        Files.size(whole.resolve(events)),
        Files.size(killed.resolve(events)),
        "as many steps for TensorBoard; only their times differ");
  }

  private static Process start(Path experiment, Path out) throws IOException {
    return Launcher.start(
        Map.of(), "train", experiment.toString(), "--out", out.toString(), "--resume");
  }

  private static void awaitFirstStep(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    Launcher.await(output, line -> line.contains("epoch "));
  }

  /** Waits for the moment of a kill, and says which it is. */
  private String awaitMoment(int kill, Process process, long epoch, Path checkpoints)
      throws IOException, InterruptedException {
    if (kill % 7 == 6) {
      long wait = random.nextLong(2_000_000_000L);
      TimeUnit.NANOSECONDS.sleep(wait);
      return wait / 1_000_000 + " ms after its start";
    }
    awaitFirstStep(process);
    if (kill % 2 == 0) {
      long wait = random.nextLong(epoch * 3 / 2);
      TimeUnit.NANOSECONDS.sleep(wait);
      return wait / 1_000_000 + " ms after its first step";
    }
    while (process.isAlive() && !isWriting(checkpoints)) {
      Thread.onSpinWait();
    }
    // From the first byte to a moment after the renaming.
    long wait = random.nextLong(20_000_000);
    TimeUnit.NANOSECONDS.sleep(wait);
    return wait / 1_000_000 + " ms into the writing of a checkpoint";
  }

  private static boolean isWriting(Path checkpoints) throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    try (DirectoryStream<Path> temporary = Files.newDirectoryStream(checkpoints, ".*.tmp")) {
      return temporary.iterator().hasNext();
    }
  }

  private static List<String> left(Path run) throws IOException {
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
