/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway;

/**
 * How long an image's way through its station took, in milliseconds.
 *
 * @param queue it waited
 * @param decode it was decoded and resized
 * @param batch it waited for its batch
 * @param network the batch was computed
 * @param total from its arrival to its result
 */
public record Timings(double queue, double decode, double batch, double network, double total) {}
