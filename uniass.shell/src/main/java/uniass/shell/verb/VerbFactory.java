/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell.verb;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Brings a command; a service of this type appears in {@code help}, and in launcher and shell
 * alike. It should need no other service that comes late, or the command is missed by whoever types
 * it at once.
 */
@ConsumerType
@FunctionalInterface
public interface VerbFactory {

  /**
   * Makes the command for one call.
   *
   * @param out takes results
   * @param err takes progress and messages
   * @return an object with picocli's {@code @Command} and options; it answers the exit code, and
   *     throws {@link uniass.api.UniassException} for whatever is wrong in one line
   */
  Callable<Integer> create(PrintStream out, PrintStream err);
}
