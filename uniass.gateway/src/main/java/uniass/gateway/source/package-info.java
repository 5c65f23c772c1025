/** Sources that the gateway brings: a watched folder, EventAdmin. */
package uniass.gateway.source;
