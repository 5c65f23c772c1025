package uniass.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import uniass.model.layer.Convolution;
import uniass.model.layer.Derived;
import uniass.tensor.Init;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Pass.Execution;
import uniass.tensor.Script;

/**
 * Turns a decoded map of any level into L tokens: a convolution whose kernel and stride are the
 * patch (none on the coarsest level), then a 1x1 convolution. Both together are one linear map of a
 * patch's pixels, with half the work.
 */
final class PatchEmbedding {

  /** Composing in every step pays from this batch on. */
  private static final int COMPOSED_TRAINING = 4;

  private static final Script SCRIPT =
      Script.compile(
          "uniass.model.patches",
          """
          def compose(self, w: Tensor, project: Tensor) -> Tensor:
            if torch.is_grad_enabled():
              whole = (self).composed(w, project)
            else:
              whole = torch.new_empty(w, [torch.size(project, 0), torch.floordiv(torch.numel(w), torch.size(w, 0))])
              froms = torch.chunk(project, 8)
              intos = torch.chunk(whole, 8)
              for i in range(torch.len(froms)):
                _ = torch.copy_(intos[i], (self).composed(w, froms[i]))
            return whole
          def composed(self, w: Tensor, project: Tensor) -> Tensor:
            product = torch.matmul(torch.flatten(project, 1), torch.flatten(w, 1))
            product = torch.reshape(product, [-1, torch.size(w, 1), torch.size(w, 2), torch.size(w, 3)])
            return torch.flatten(torch.contiguous(torch.permute(product, [0, 2, 3, 1])), 1)
          def compose_bias(self, b: Tensor, project: Tensor, project_bias: Tensor) -> Tensor:
            return torch.add(torch.matmul(torch.flatten(project, 1), b), project_bias)
          def embed(self, x: Tensor, w: Tensor, b: Tensor, patch: int) -> Tensor:
            n, c, h, width = torch.size(x)
            rows = torch.floordiv(h, patch)
            columns = torch.floordiv(width, patch)
            pixels = torch.permute(x, [0, 2, 3, 1])
            size = [-1, rows, patch, columns, patch, c]
            cells = torch.mul(rows, columns)
            if torch.is_grad_enabled():
              y = (self).project(torch.reshape(pixels, size), w, b, cells)
            else:
              y = torch.new_empty(x, [n, cells, torch.size(w, 0)])
              for i in range(n):
                end = torch.add(i, 1)
                image = torch.reshape(torch.slice(pixels, 0, i, end), size)
                _ = torch.copy_(torch.slice(y, 0, i, end), (self).project(image, w, b, cells))
            return y
          def project(self, tiles: Tensor, w: Tensor, b: Tensor, cells: int) -> Tensor:
            patches = torch.permute(tiles, [0, 1, 3, 2, 4, 5])
            return torch.linear(torch.reshape(patches, [torch.size(tiles, 0), cells, -1]), torch.flatten(w, 1), b)
          """);

  private final int level;
  private final int patch;
  private final NDArray weight;
  private final NDArray bias;
  private final Convolution project;
  private final Derived composed;

  /**
   * Creates the embedding of one level.
   *
   * @param predictor scope of {@code patch_embed} and {@code input_proj}
   * @param level 0 (coarse) to 3 (fine); the patch is 2^level
   */
  PatchEmbedding(ParameterScope predictor, int level, int hidden) {
    this.level = level;
    patch = 1 << level;
    int inner = level == 0 ? hidden : hidden * (level + 1) / 2;
    if (level == 0) {
      weight = null;
      bias = null;
    } else {
      ParameterScope scope = predictor.child("patch_embed." + level + ".proj");
      weight = scope.parameter("weight", Init.xavierUniform(), inner, hidden, patch, patch);
      bias = scope.parameter("bias", Init.zeros(), inner);
    }
    project =
        Convolution.biased(
            predictor.child("input_proj." + level),
            inner,
            hidden,
            1,
            Init.fanInXavier(),
            Init.zeros());
    composed = Derived.of(predictor, this::compose);
  }

  private NDList compose() {
    return new NDList(
        SCRIPT.apply("compose", weight, project.weight()),
        SCRIPT.apply("compose_bias", bias, project.weight(), project.bias()));
  }

  /** Embeds (N,D,h,w) as (N,L,D). */
  NDArray forward(NDArray decoded, Pass pass) {
    boolean small = pass.training() && decoded.getShape().get(0) < COMPOSED_TRAINING;
    if (pass.execution() == Execution.DIRECT || (small && weight != null)) {
      NDArray patches = weight == null ? decoded : Ops.conv2d(decoded, weight, bias, patch, 0, 1);
      pass.probe("patch_embed" + level, patches);
      return Ops.toTokens(pass.probe("input_proj" + level, project.forward(patches, pass)));
    } else if (weight == null) {
      return SCRIPT.apply("embed", decoded, project.weight(), project.bias(), patch);
    }
    NDList weights = composed.get(pass);
    return SCRIPT.apply("embed", decoded, weights.get(0), weights.get(1), patch);
  }
}
