/* SPDX-License-Identifier: Apache-2.0 */
package org.example;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.api.network.MapFusion;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Settings;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;

/** Somebody else's fusion: a sum with a weight per level. */
public final class WeightedFusion implements MapFusion {

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    NDArray weight = scope.parameter("weight", Init.uniform(1), shape.levels());
    return (maps, pass) -> {
      NDList weights = Ops.split(weight, 0, maps.size());
      NDArray sum = maps.get(0).mul(weights.get(0));
      for (int i = 1; i < maps.size(); i++) {
        sum = sum.add(maps.get(i).mul(weights.get(i)));
      }
      return sum;
    };
  }
}
