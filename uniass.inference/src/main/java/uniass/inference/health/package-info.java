/**
 * Felix health checks of the engine and of configured inspectors, for hosts that have Felix's API.
 */
package uniass.inference.health;
