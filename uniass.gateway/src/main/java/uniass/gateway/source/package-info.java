/** Sources that the gateway brings: a watched folder, EventAdmin; and how all sources do. */
package uniass.gateway.source;
