/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.config;

/**
 * The configuration that all of the gateway shares, as a service. Nothing of the gateway starts
 * before it is there.
 */
public final class GatewaySettings {

  private final GatewayConfig config;

  /** Holds a configuration. */
  public GatewaySettings(GatewayConfig config) {
    this.config = config;
  }

  /** What is configured, with defaults. */
  public GatewayConfig config() {
    return config;
  }
}
