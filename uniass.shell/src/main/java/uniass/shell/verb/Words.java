/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell.verb;

import java.util.Collection;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import uniass.inference.plugin.Nearest;

/** Words of which a command knows a few. */
public final class Words {

  private Words() {}

  /**
   * Insists that a word is one of those that may stand there.
   *
   * @param spec of the command, a field with {@code @Spec}
   * @param kind what the word is, such as {@code action}
   * @throws ParameterException that names the nearest one; the command's exit code is then 2
   */
  public static void check(CommandSpec spec, String kind, String word, Collection<String> known) {
    if (!known.contains(word)) {
      throw new ParameterException(spec.commandLine(), unknown(kind, word, known));
    }
  }

  /** What to say of a word that is not one of those known. */
  public static String unknown(String kind, String word, Collection<String> known) {
    return "unknown %s '%s'%s; %ss: %s"
        .formatted(kind, word, Nearest.hint(word, known), kind, String.join(", ", known));
  }
}
