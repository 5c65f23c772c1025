/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import uniass.api.data.Pixels;
import uniass.datasets.pixels.Traits;

/**
 * An image in the size that was asked for; or a mask, whose gray values stand where an image has
 * three channels.
 *
 * @param pixels its values
 * @param ownHeight the file's height, upright
 * @param ownWidth the file's width, upright
 * @param traits what the file shows beside its pixels
 */
record Loaded(Pixels pixels, int ownHeight, int ownWidth, Traits traits) {}
