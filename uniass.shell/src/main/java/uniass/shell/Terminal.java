/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress and messages
 */
record Terminal(PrintStream out, PrintStream err) {}
