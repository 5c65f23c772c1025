/** The gateway's HTTP interface as a servlet of the {@code jakarta} kind. */
package uniass.gateway.jakarta;
