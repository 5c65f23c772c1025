/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway;

/**
 * Anomalous pixels that touch each other, at sides or corners, in the image's own pixels.
 *
 * @param x left edge of the bounding box
 * @param y upper edge
 * @param width of the bounding box
 * @param height of the bounding box
 * @param area number of pixels
 * @param peak the largest score in it
 * @param centroidX center of the region, from the image's left edge
 * @param centroidY from its upper edge
 */
public record Region(
    int x,
    int y,
    int width,
    int height,
    long area,
    double peak,
    double centroidX,
    double centroidY) {}
