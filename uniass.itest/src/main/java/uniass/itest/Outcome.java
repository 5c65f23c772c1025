/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import uniass.api.experiment.CommandLine;

/** What a command left: its code and what it wrote. */
record Outcome(int code, String out, String err) {

  /** Runs a command inside this framework. */
  static Outcome of(CommandLine commandLine, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        commandLine.run(
            List.of(words),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Insists on success. */
  Outcome done() {
    assertEquals(CommandLine.DONE, code, err);
    return this;
  }

  /** The result of {@code --json}: standard output holds one object and nothing else. */
  JsonObject json() {
    return JsonParser.parseString(out).getAsJsonObject();
  }

  /** The last line of the error stream, which says what went wrong. */
  String lastError() {
    String[] lines = err.strip().split("\\R");
    return lines[lines.length - 1];
  }
}
