/** From the bytes of an image file to resized and normalized pixels, as the reference has them. */
package uniass.datasets.pixels;
