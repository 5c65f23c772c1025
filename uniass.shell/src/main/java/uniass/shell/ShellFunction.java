/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.util.List;
import org.apache.felix.service.command.CommandSession;
import uniass.api.experiment.CommandLine;

/** Runs whichever command the shell's user typed. */
public final class ShellFunction {

  private final CommandLine commandLine;

  ShellFunction(CommandLine commandLine) {
    this.commandLine = commandLine;
  }

  /**
   * Runs a command. Gogo calls a method of this name for every function that a service offers.
   *
   * @param words the command's name and its arguments
   */
  public void _main(CommandSession session, String[] words) {
    // The session's own stream, because runs print from a thread of their own.
    commandLine.run(List.of(words), session.getConsole(), session.getConsole());
  }
}
