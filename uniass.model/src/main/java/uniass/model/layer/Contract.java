/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
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
   * Refuses levels that are not (N, C_i, H / stride, W / stride).
   *
   * @param levels coarse to fine
   * @param channels C_i, coarse to fine
   * @param images (N,3,H,W)
   */
  public static void levels(
      Configured<?> part, String what, NDList levels, List<Integer> channels, NDArray images) {
    if (levels.size() != channels.size()) {
      throw part.breach(
          "returned %d levels, expected %d".formatted(levels.size(), channels.size()));
    }
    Shape of = images.getShape();
    for (int i = 0; i < levels.size(); i++) {
      int stride = Levels.stride(i);
      Shape expected =
          new Shape(of.get(0), channels.get(i), of.get(2) / stride, of.get(3) / stride);
      shape(part, what + " of stride " + stride, levels.get(i), expected);
    }
  }

  /** The shape of a map with another number of channels. */
  public static Shape withChannels(NDArray map, long channels) {
    Shape shape = map.getShape();
    return new Shape(shape.get(0), channels, shape.get(2), shape.get(3));
  }
}
