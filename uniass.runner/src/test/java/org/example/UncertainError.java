/* SPDX-License-Identifier: Apache-2.0 */
package org.example;

import ai.djl.ndarray.NDArray;
import uniass.api.network.LossTerm;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Settings;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;

/** Somebody else's loss: an error weighted by its learned uncertainty, exp(-s) error + s. */
public final class UncertainError implements LossTerm {

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    NDArray logVariance = scope.parameter("log_variance", Init.zeros(), 1);
    return (reconstruction, target, stride, pass) ->
        Ops.meanSquaredError(reconstruction, target).mul(logVariance.neg().exp()).add(logVariance);
  }
}
