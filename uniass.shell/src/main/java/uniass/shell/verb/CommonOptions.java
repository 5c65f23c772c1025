/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell.verb;

import picocli.CommandLine.Option;

/** What every command understands; a field with {@code @Mixin}. */
public final class CommonOptions {

  @Option(names = "--debug", description = "print stack traces of errors")
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  private boolean help;

  /** Whether stack traces are wanted. */
  public boolean debug() {
    return debug;
  }
}
