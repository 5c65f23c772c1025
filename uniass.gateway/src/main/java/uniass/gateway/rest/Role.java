/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

/** What a token allows; each role allows what those before it do. */
enum Role {
  /** Nothing: for what anybody may see. */
  NOBODY,
  /** See stations, results and metrics. */
  VIEW,
  /** Have images inspected. */
  INSPECT,
  /** Change what is in use. */
  OPERATE
}
