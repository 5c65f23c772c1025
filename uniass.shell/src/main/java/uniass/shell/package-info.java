/**
 * The commands that users type: each a class named {@code ...Verb}, listed in {@link
 * uniass.shell.Commands}, and offered to the launcher and to the Gogo shell.
 */
package uniass.shell;
