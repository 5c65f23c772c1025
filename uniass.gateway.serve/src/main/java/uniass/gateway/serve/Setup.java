/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.serve;

import java.util.Map;

/**
 * A configuration to be made.
 *
 * @param where where it comes from, for messages: {@code station 'line3'}
 * @param pid the PID, or the factory's
 * @param name of the factory configuration; empty for a PID that has no factory
 * @param values its values, as YAML has them
 */
record Setup(String where, String pid, String name, Map<String, Object> values) {}
