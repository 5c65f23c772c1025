/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.cnn;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import uniass.model.layer.Convolution;
import uniass.model.layer.Fork;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/** Sum over branches of GELU(conv(...conv(x))), no activation inside a branch. */
final class GatedBranches implements Layer {

  private static final int SHARED_KERNEL = 3;

  private final List<List<Convolution>> branches;
  private final Fork fork;

  GatedBranches(ParameterScope scope, int inputs, int outputs, List<Branch> branches) {
    this.branches = branches.stream().map(branch -> chain(scope, inputs, outputs, branch)).toList();
    List<Convolution> shared =
        this.branches.stream().map(chain -> chain.get(0)).filter(GatedBranches::forks).toList();
    fork = scope.faster(Fork.class, new Fork.Convolutions(shared));
  }

  private static boolean forks(Convolution first) {
    return first.kernel().size() == SHARED_KERNEL;
  }

  private static List<Convolution> chain(
      ParameterScope scope, int inputs, int outputs, Branch branch) {
    List<Convolution> chain = new ArrayList<>();
    for (int k = 0; k < branch.length(); k++) {
      ParameterScope child = scope.child(branch.scope(k));
      chain.add(Convolution.xavier(child, k == 0 ? inputs : outputs, outputs, branch.kernel()));
    }
    return List.copyOf(chain);
  }

  @Override
  public NDArray forward(NDArray input, Pass pass) {
    return Scopes.keepOne(
        () -> {
          Iterator<NDArray> started = fork.forward(input, pass).iterator();
          NDArray sum = null;
          for (List<Convolution> chain : branches) {
            Convolution first = chain.get(0);
            NDArray y = forks(first) ? started.next() : first.forward(input, pass);
            for (Convolution convolution : chain.subList(1, chain.size())) {
              y = convolution.forward(y, pass);
            }
            y = Ops.gelu(y);
            sum = sum == null ? y : sum.add(y);
          }
          return sum;
        });
  }
}
