/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Configured;
import uniass.tensor.Layer;

/** The shapes that contracts ask parts for: what breaks one would show only much later. */
public final class Contract {

  private Contract() {}

  /** Refuses a tensor of another shape. */
  public static void shape(Configured<?> part, String what, NDArray value, Shape expected) {
    if (value == null || !value.getShape().equals(expected)) {
      throw part.breach(
          "returned %s of shape %s, expected %s"
              .formatted(what, value == null ? null : value.getShape(), expected));
    }
  }

  /** A layer from (N,C,h,w) to (N,C',h,w) that is held to it. */
  public static Layer layer(Configured<?> part, int outputs, Layer layer) {
    return (x, pass) -> {
      NDArray y = part.call(() -> layer.forward(x, pass));
      shape(part, "a map", y, withChannels(x, outputs));
      return y;
    };
  }

  /**
   * Refuses levels that are not (N, C_k, H / 2^(k+1), W / 2^(k+1)).
   *
   * @param levels fine to coarse
   * @param channels C_k
   */
  public static void levels(
      Configured<?> part,
      String what,
      NDList levels,
      long batch,
      List<Integer> channels,
      NetworkShape image) {
    if (levels.size() != channels.size()) {
      throw part.breach(
          "returned %d levels, expected %d".formatted(levels.size(), channels.size()));
    }
    for (int k = 0; k < levels.size(); k++) {
      int stride = 2 << k;
      Shape expected =
          new Shape(
              batch, channels.get(k), image.imageHeight() / stride, image.imageWidth() / stride);
      shape(part, what + " of level " + k, levels.get(k), expected);
    }
  }

  /** The shape of a map with another number of channels. */
  public static Shape withChannels(NDArray map, long channels) {
    Shape shape = map.getShape();
    return new Shape(shape.get(0), channels, shape.get(2), shape.get(3));
  }
}
