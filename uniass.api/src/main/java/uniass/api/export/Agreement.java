/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.export;

/**
 * How well an exported model agrees with the one that it was made of.
 *
 * @param images number of images that both computed
 * @param deviation the largest difference of an anomaly map's pixel, relative to the map's range
 * @param tolerance the largest deviation allowed
 * @param scoreDeviation the largest relative difference of a score
 * @param opset the file's version of ONNX's operators
 * @param bytes the file's size
 */
public record Agreement(
    int images, double deviation, double tolerance, double scoreDeviation, int opset, long bytes) {}
