/** A broker and a client for tests. */
package uniass.gateway.mqtt.testing;
