/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code spark-submit uniass-spark.jar} runs. */
@Command(
    name = "uniass-spark",
    description = "Runs UniAS on Apache Spark; every machine needs UniAS in the same folder.",
    subcommands = {SweepCommand.class, ScoreCommand.class})
public final class Main {

  private Main() {}

  /** Runs one command; a failure is one line, and exit code 1. */
  public static void main(String[] words) {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          Throwable cause = failure;
          while (cause.getCause() != null) {
            cause = cause.getCause();
          }
          System.err.println(
              "uniass-spark: " + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
          return 1;
        });
    System.exit(line.execute(words)); // the framework's threads would keep the process
  }
}
