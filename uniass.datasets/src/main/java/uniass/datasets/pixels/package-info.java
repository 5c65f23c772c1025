/**
 * From the bytes of an image file to resized and normalized pixels, byte for byte as the
 * reference's libraries have them.
 *
 * <p>Three things are written here rather than taken from a library. {@code Png}: it verifies
 * checksums, hands out 16 bits and transparency as they are stored, and takes a third less time
 * than the JDK's reader (bench/IMAGES.md). {@code JpegSegments}: strips what libjpeg ignores and
 * the JDK's reader does not, so that the bytes equal libjpeg's in OpenCV and Pillow; {@code Exif}
 * reads the one tag that matters from a bounded block, which a metadata library would parse whole.
 * {@code PillowBilinear}, {@code OpenCvArea}, {@code OpenCvLinear}: the resizing of the reference
 * to the last bit, without a second native library.
 */
package uniass.datasets.pixels;
