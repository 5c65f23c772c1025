/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.experiment;

import java.io.PrintStream;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The commands that users type: one implementation behind the shell and the launcher. */
@ProviderType
public interface CommandLine {

  /** The work is done. */
  int DONE = 0;

  /** The work failed; one line on the error stream says why. */
  int FAILED = 1;

  /** The arguments are not a command. */
  int WRONG_USAGE = 2;

  /**
   * Runs a command to its end.
   *
   * @param arguments the command's name and what follows it
   * @param out takes results; with {@code --json} nothing but one JSON object
   * @param err takes progress and messages
   * @return {@link #DONE}, {@link #FAILED} or {@link #WRONG_USAGE}
   */
  int run(List<String> arguments, PrintStream out, PrintStream err);

  /** Names of the commands, for completion and help. */
  List<String> commands();
}
