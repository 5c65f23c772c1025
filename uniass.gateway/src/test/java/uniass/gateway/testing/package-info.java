/** What tests of the gateway share. */
package uniass.gateway.testing;
