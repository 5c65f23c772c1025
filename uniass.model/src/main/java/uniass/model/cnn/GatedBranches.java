package uniass.model.cnn;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import uniass.model.layer.Convolution;
import uniass.model.layer.Intermediates;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;

/** Sum over branches of GELU(conv(...conv(x))), no activation inside a branch. */
final class GatedBranches implements Layer {

  private final List<List<Convolution>> branches;

  GatedBranches(ParameterScope scope, int inputs, int outputs, List<Branch> branches) {
    this.branches = branches.stream().map(branch -> chain(scope, inputs, outputs, branch)).toList();
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
    return Intermediates.freed(
        () -> {
          NDArray sum = null;
          for (List<Convolution> chain : branches) {
            NDArray y = input;
            for (Convolution convolution : chain) {
              y = convolution.forward(y, pass);
            }
            y = Ops.gelu(y);
            sum = sum == null ? y : sum.add(y);
          }
          return sum;
        });
  }
}
