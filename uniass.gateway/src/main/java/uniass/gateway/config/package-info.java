/** What all parts of the gateway are configured with. */
package uniass.gateway.config;
