/**
 * The command {@code doctor}: what this installation is made of, whether it works, and how to fix
 * what does not. It needs nothing but its own bundle to run.
 */
package uniass.shell.doctor;
