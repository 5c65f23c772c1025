/** The gateway's HTTP interface as a servlet of the {@code javax} kind. */
package uniass.gateway.javax;
