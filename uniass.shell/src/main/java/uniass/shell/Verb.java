/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uniass.api.Progress;
import uniass.shell.verb.CommonOptions;

/** What all commands share: options, terminal, progress. */
abstract class Verb implements Callable<Integer> {

  final Toolbox tools;
  final Terminal terminal;
  private final ConsoleProgress progress;

  @Option(names = "--json", description = "print the result as one JSON object")
  boolean json;

  @Mixin private CommonOptions common;

  @Spec CommandSpec spec;

  Verb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    this.tools = tools;
    this.terminal = terminal;
    this.progress = progress;
  }

  Progress progress() {
    return progress;
  }

  /** Prints the result, in one of its two forms. */
  void print(Object result, String text) {
    progress.end();
    if (json) {
      terminal.out().println(Json.of(result));
    } else {
      terminal.out().print(text.endsWith("\n") ? text : text + System.lineSeparator());
    }
    terminal.out().flush();
  }

  /** Says something beside the result. */
  void tell(String line) {
    progress.end();
    terminal.err().println(line);
  }

  void tell(List<String> lines) {
    lines.forEach(this::tell);
  }
}
