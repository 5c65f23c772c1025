/** From the bytes of a picture file to resized and normalised pixels, as the reference has them. */
package uniass.datasets.pixels;
