/** The HTTP interface: endpoints, access, problem documents, metrics, and the page's files. */
package uniass.gateway.rest;
