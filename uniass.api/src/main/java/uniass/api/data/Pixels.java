/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

/**
 * A decoded image.
 *
 * @param height its height
 * @param width its width
 * @param rgb height x width x 3 bytes, interleaved, row-major
 */
public record Pixels(int height, int width, byte[] rgb) {}
