/** Sinks that the gateway brings: a journal, a webhook, a folder of heat maps, EventAdmin. */
package uniass.gateway.sink;
