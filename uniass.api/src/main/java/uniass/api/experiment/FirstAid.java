/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.experiment;

import java.io.PrintStream;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The command that runs even if the others cannot, because it needs nothing that may fail: {@code
 * doctor}.
 */
@ProviderType
public interface FirstAid {

  /** The command's name. */
  String COMMAND = "doctor";

  /**
   * Runs the command.
   *
   * @param arguments what follows its name
   * @param out takes the result
   * @param err takes messages
   * @return an exit code of {@link CommandLine}
   */
  int run(List<String> arguments, PrintStream out, PrintStream err);
}
