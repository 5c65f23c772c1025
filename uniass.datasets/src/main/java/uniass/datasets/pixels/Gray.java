/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

/**
 * A decoded mask.
 *
 * @param height its height
 * @param width its width
 * @param values height x width, 0 to 255, row-major
 */
public record Gray(int height, int width, byte[] values) {}
