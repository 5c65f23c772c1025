/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.store;

/**
 * A threshold that was found at the line.
 *
 * @param version counts the thresholds of a station and model; 0 is the model's own
 * @param value a score of this or more is anomalous
 * @param images number of confirmed images that it was found from
 * @param applied when, as ISO 8601 has it
 * @param promise what it promises, in words
 */
public record ThresholdVersion(
    int version, double value, int images, String applied, String promise) {}
