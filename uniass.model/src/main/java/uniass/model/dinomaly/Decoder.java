/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.dinomaly;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Script;

/**
 * The noisy bottleneck, and blocks with linear attention, which cannot focus on a cell to copy it.
 * Names are those of the published code: {@code bottleneck.0}, {@code decoder.k}.
 */
final class Decoder {

  private static final Script SCRIPT = Script.load(Decoder.class);

  private static final double DEVIATION = 0.01;

  private final int width;
  private final int heads;
  private final double dropout;
  private final NDList bottleneck;
  private final List<NDList> blocks = new ArrayList<>();

  Decoder(ParameterScope root, int width, int heads, int depth, double dropout) {
    this.width = width;
    this.heads = heads;
    this.dropout = dropout;
    bottleneck = perceptron(root.child("bottleneck.0"));
    for (int b = 0; b < depth; b++) {
      ParameterScope scope = root.child("decoder." + b);
      NDList weights = norm(scope.child("norm1"));
      weights.addAll(linear(scope.child("attn.qkv"), 3 * width, width));
      weights.addAll(linear(scope.child("attn.proj"), width, width));
      weights.addAll(norm(scope.child("norm2")));
      weights.addAll(perceptron(scope.child("mlp")));
      blocks.add(weights);
    }
  }

  /**
   * Decodes the levels' mean.
   *
   * @param mean tokens (N,L,D)
   * @return the outputs of all blocks, last to first, each (N,L,D)
   */
  NDList forward(NDArray mean, Pass pass) {
    NDArray x = pass.dropout(mean, dropout);
    x = Ops.gelu(Ops.linear(x, bottleneck.get(0), bottleneck.get(1)));
    x = Ops.linear(pass.dropout(x, dropout), bottleneck.get(2), bottleneck.get(3));
    x = pass.probe("bottleneck", pass.dropout(x, dropout));
    NDList outputs = new NDList();
    for (int b = 0; b < blocks.size(); b++) {
      x = pass.probe("decoder." + b, SCRIPT.apply("block", x, blocks.get(b), heads));
      outputs.add(0, x);
    }
    return outputs;
  }

  private NDList norm(ParameterScope scope) {
    return new NDList(
        scope.parameter("weight", Init.ones(), width),
        scope.parameter("bias", Init.zeros(), width));
  }

  private NDList perceptron(ParameterScope scope) {
    NDList weights = linear(scope.child("fc1"), 4 * width, width);
    weights.addAll(linear(scope.child("fc2"), width, 4 * width));
    return weights;
  }

  private static NDList linear(ParameterScope scope, int outputs, int inputs) {
    return new NDList(
        scope.parameter("weight", truncatedNormal(), outputs, inputs),
        scope.parameter("bias", Init.zeros(), outputs));
  }

  /** Normal, drawn again beyond three deviations. */
  private static Init truncatedNormal() {
    return (values, shape, random) -> {
      for (int i = 0; i < values.length; i++) {
        double value = random.nextGaussian();
        while (Math.abs(value) > 3) {
          value = random.nextGaussian();
        }
        values[i] = (float) (value * DEVIATION);
      }
    };
  }
}
