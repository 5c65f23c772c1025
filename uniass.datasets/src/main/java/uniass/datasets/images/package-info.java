/**
 * The images service: data loaders that decode batches ahead, what is kept of decoded images, and
 * the check of a data set ({@code Checker}: one pass over all images and masks, which {@code
 * PixelCheck}, {@code MaskCheck}, {@code Duplicates}, {@code NameTwins} and {@code CategoryCounts}
 * judge).
 */
package uniass.datasets.images;
