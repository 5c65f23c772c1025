/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.inspection;

import uniass.api.data.Pixels;

/**
 * An image that waits for its model: already of the model's size, unless it is to be cut into
 * tiles, so that it takes little memory.
 *
 * @param height height of the image as it came, upright
 * @param width its width
 * @param pixels what the model is to look at
 */
public record PreparedImage(int height, int width, Pixels pixels) {}
