/** Sources that the gateway brings: a watched folder. */
package uniass.gateway.source;
