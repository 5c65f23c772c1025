/**
 * The gateway's HTTP interface as a servlet of the {@code jakarta} kind. It is the twin of the
 * {@code javax} one, line by line: the two servlet APIs share no type, and a host has one of them.
 */
package uniass.gateway.jakarta;
