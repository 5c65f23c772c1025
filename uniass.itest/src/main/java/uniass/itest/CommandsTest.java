/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import static java.io.OutputStream.nullOutputStream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.test.common.annotation.InjectService;
import uniass.api.experiment.CommandLine;

/** The commands, as a user types them, over services that the framework wires. */
class CommandsTest {

  @InjectService(timeout = Patience.MILLISECONDS)
  CommandLine commandLine;

  @InjectService CommandProcessor gogo;

  @TempDir Path folder;

  @Test
  void trainsEvaluatesAndPredicts() throws IOException {
    Path experiment = Tiny.experiment(commandLine, folder, "mgg-cnn", 2);
    Path run = folder.resolve("run");
    JsonObject trained =
        Outcome.of(commandLine, "train", experiment.toString(), "--out", run.toString(), "--json")
            .done()
            .json();
    Path model = run.resolve("model.safetensors");
    assertTrue(Files.size(model) > 1_000_000, "the model holds the backbone and the network");
    assertEquals(3, Files.readAllLines(run.resolve("history.csv")).size(), "a header, two epochs");
    assertTrue(Files.isRegularFile(run.resolve("experiment.yaml")));
    assertTrue(trained.toString().contains("model.safetensors"), trained.toString());

    JsonObject evaluated =
        Outcome.of(
                commandLine,
                "evaluate",
                experiment.toString(),
                "--model",
                model.toString(),
                "--maps",
                "--json")
            .done()
            .json();
    double ap = evaluated.getAsJsonObject("mean").get("pixel-ap").getAsDouble();
    assertTrue(ap > 0 && ap <= 1, "pixel-AP " + ap);
    assertTrue(Files.isRegularFile(run.resolve("metrics.csv")));
    String report = Files.readString(run.resolve("report.html"));
    assertTrue(
        Pattern.compile("<dt>UniAS on OSGi</dt>\\s*<dd>[0-9]+\\.[0-9]+\\.").matcher(report).find(),
        "the report names the version");

    Path images = folder.resolve("images/cap/test/good");
    Path results = folder.resolve("results");
    Outcome.of(
            commandLine,
            "predict",
            "--model",
            model.toString(),
            images.toString(),
            "--out",
            results.toString(),
            "--formats",
            "npy,png")
        .done();
    assertTrue(Files.readString(results.resolve("predictions.csv")).contains("000.png"));
  }

  @Test
  void anUnknownPluginIsAnsweredWithTheRightOnes() throws IOException {
    Path experiment = Tiny.experiment(commandLine, folder, "mgg-cn", 1);
    Outcome outcome = Outcome.of(commandLine, "check", experiment.toString());
    assertEquals(CommandLine.FAILED, outcome.code());
    assertTrue(
        outcome.err().contains("mgg-cn") && outcome.err().contains("mgg-cnn"), outcome.err());
    assertTrue(outcome.err().contains("conv3x3"), outcome.err());
  }

  @Test
  void theShellRunsTheSameCommands() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CommandSession session = gogo.createSession(InputStream.nullInputStream(), out, out)) {
      session.execute("uniass:list fusion");
    }
    String printed = out.toString(StandardCharsets.UTF_8);
    assertTrue(printed.contains("product") && printed.contains("mean"), printed);
  }

  @Test
  void theShellHasEveryCommand() {
    try (CommandSession session =
        gogo.createSession(InputStream.nullInputStream(), nullOutputStream(), nullOutputStream())) {
      for (String command : commandLine.commands()) {
        assertNotNull(session.get("uniass:" + command), command);
      }
    }
  }

  @Test
  void aWordThatIsNoCommandIsWrongUsage() {
    Outcome outcome = Outcome.of(commandLine, "trian");
    assertEquals(CommandLine.WRONG_USAGE, outcome.code());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().contains("trian"), outcome.err());
    Outcome action = Outcome.of(commandLine, "model", "activat");
    assertEquals(CommandLine.WRONG_USAGE, action.code());
    assertTrue(action.err().contains("did you mean 'activate'?"), action.err());
  }
}
