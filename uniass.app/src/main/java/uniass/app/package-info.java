/**
 * The process: it starts the framework, runs one command or opens the shell, and ends with an exit
 * code. What keeps it from starting is said in one line.
 */
package uniass.app;
