/** The command {@code serve}: configures the gateway, starts its server, waits for the end. */
package uniass.gateway.serve;
