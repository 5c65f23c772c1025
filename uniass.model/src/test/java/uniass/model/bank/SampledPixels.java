/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.bank;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import uniass.api.data.Normalization;
import uniass.api.network.Backbone;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;
import uniass.tensor.Script;

/** A backbone without parameters: every second, fourth, eighth, sixteenth pixel, mixed. */
final class SampledPixels implements Backbone {

  private static final Script SCRIPT =
      Script.compile(
          "sampled-pixels",
          """
          def level(self, x: Tensor, stride: int, channels: int) -> Tensor:
              p = torch.slice(torch.slice(x, 2, 0, 9999, stride), 3, 0, 9999, stride)
              parts: List[Tensor] = []
              for j in range(channels):
                  a = p.select(1, j % 3)
                  b = p.select(1, (j + 1) % 3)
                  parts.append(a * (1 + 0.25 * j) + 0.5 * b * b)
              return torch.stack(parts, 1)
          """);

  private static final List<Integer> CHANNELS = List.of(2, 3, 5, 7);

  private final boolean anySize;

  SampledPixels(boolean anySize) {
    this.anySize = anySize;
  }

  @Override
  public boolean anySize(Settings settings) {
    return anySize;
  }

  @Override
  public List<Integer> channels(Settings settings) {
    return CHANNELS;
  }

  @Override
  public Normalization normalization(Settings settings) {
    return Normalization.IMAGENET;
  }

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    return (images, pass) -> {
      NDList levels = new NDList();
      for (int k = 0; k < CHANNELS.size(); k++) {
        levels.add(SCRIPT.apply("level", images, 2 << k, CHANNELS.get(k)));
      }
      return levels;
    };
  }

  /** Some images of 32 px whose values are a formula's. */
  static NDArray images(ai.djl.ndarray.NDManager manager, int count, int first) {
    float[] values = new float[count * 3 * 32 * 32];
    for (int i = 0; i < values.length; i++) {
      double k = i + first;
      values[i] = (float) Math.sin(k * k * 0.0001 + k * 0.7);
    }
    return manager.create(values, new ai.djl.ndarray.types.Shape(count, 3, 32, 32));
  }
}
