/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import com.google.gson.JsonElement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import uniass.api.experiment.CommandLine;

/**
 * {@code uniass:train} while the test goes on. It ends with the test at the latest, so that no
 * other test meets it.
 */
final class BackgroundTraining implements AutoCloseable {

  private final CommandLine commandLine;
  private final String name;
  private final CompletableFuture<Outcome> outcome;

  /**
   * Starts it.
   *
   * @param name of the experiment, and so the first part of the run's identifier
   */
  BackgroundTraining(CommandLine commandLine, String name, Path experiment, Path out) {
    this.commandLine = commandLine;
    this.name = name;
    String file = experiment.toString();
    String folder = out.toString();
    outcome =
        CompletableFuture.supplyAsync(
            () -> Outcome.of(commandLine, "train", file, "--out", folder, "--set", "name=" + name));
  }

  boolean isDone() {
    return outcome.isDone();
  }

  /** Waits for its end. */
  Outcome await() throws Exception {
    return outcome.get(Patience.SECONDS, TimeUnit.SECONDS);
  }

  /** The identifiers that {@code uniass:cancel} lists for it: one, or none before and after. */
  List<String> listed() {
    List<String> ids = new ArrayList<>();
    for (JsonElement run :
        Outcome.of(commandLine, "cancel", "--json").done().json().getAsJsonArray("runs")) {
      String id = run.getAsJsonObject().get("id").getAsString();
      if (id.startsWith(name + "-")) {
        ids.add(id);
      }
    }
    return ids;
  }

  @Override
  public void close() throws Exception {
    Patience.await(
        name + " has ended",
        () -> {
          if (!isDone()) {
            listed().forEach(id -> Outcome.of(commandLine, "cancel", id));
          }
          return isDone();
        });
  }
}
