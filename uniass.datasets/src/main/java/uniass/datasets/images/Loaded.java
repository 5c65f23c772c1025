package uniass.datasets.images;

import uniass.api.data.Pixels;

/**
 * An image in the size that was asked for.
 *
 * @param pixels its values
 * @param ownHeight the file's height, upright
 * @param ownWidth the file's width, upright
 */
record Loaded(Pixels pixels, int ownHeight, int ownWidth) {}
