/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.query;

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.LayerShape;
import uniass.api.network.NetworkShape;
import uniass.api.network.QueryProcessor;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.model.cnn.MggCnn;
import uniass.model.layer.Convolution;
import uniass.model.layer.Mlp;
import uniass.tensor.Init;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/**
 * Learned queries, weighted per channel and per cell by what the sample shows, and merged by a full
 * multi-granularity CNN whatever gated CNN the decoder levels have (as published).
 */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "re-weighted", description = "learned queries re-weighted by the sample (the paper)")
public final class ReWeightedQueries implements QueryProcessor {

  private static final int SPATIAL_KERNEL = 7;

  @Override
  public Layer create(
      ParameterScope scope, NetworkShape shape, Projector projector, Settings settings) {
    int hidden = shape.hidden();
    NDArray table =
        scope
            .child("spatial_query_feat")
            .parameter("weight", Init.normal(), 2L * shape.queries(), hidden);
    Layer project = projector.create(scope.child("feature_projector"));
    ParameterScope processor = scope.child("query_processor");
    Mlp channelWeight =
        new Mlp(processor.child("channel_weight.agg"), hidden, hidden / 2, hidden / 2, hidden);
    Convolution spatialWeight =
        Convolution.xavier(processor.child("spatial_weight.conv"), 2, 1, SPATIAL_KERNEL);
    MggCnn merge = new MggCnn();
    Layer adaptor =
        merge.create(
            processor.child("adaptor"),
            new LayerShape(2 * hidden, hidden, shape.gridHeight(), shape.gridWidth()),
            Settings.defaults(merge));
    return new Built(table, project, channelWeight, spatialWeight, adaptor);
  }

  private record Built(
      NDArray table, Layer project, Mlp channelWeight, Convolution spatialWeight, Layer adaptor)
      implements Layer {

    @Override
    public NDArray forward(NDArray coarsest, Pass pass) {
      NDArray feature =
          pass.scoped(
              () -> pass.probe("feature_projector", project.forward(coarsest, pass)), coarsest);
      return Scopes.keepOne(
          () -> {
            NDArray merged = adaptor.forward(weighted(feature, pass), pass);
            return Ops.toTokens(pass.probe("query.adaptor", merged));
          });
    }

    /** Returns the weighted queries as images (N,2D,h,w); the reshape interleaves both halves. */
    private NDArray weighted(NDArray feature, Pass pass) {
      long[] size = feature.getShape().getShape();
      NDArray byChannel = pass.probe("query.channel_weight", channelWeight(feature));
      NDArray byCell = pass.probe("query.spatial_weight", spatialWeight(feature, pass));
      NDArray twice = byCell.reshape(size[0], 1, size[2] * size[3]);
      twice = Ops.concat(2, twice, twice);
      NDArray weight = byChannel.reshape(size[0], size[1], 1).add(twice);
      NDArray queries = weight.mul(table.transpose(1, 0).expandDims(0));
      return queries.reshape(size[0], 2 * size[1], size[2], size[3]);
    }

    private NDArray channelWeight(NDArray feature) {
      NDArray mean = channelWeight.forward(Ops.mean(feature, false, 2, 3));
      NDArray max = channelWeight.forward(Ops.max(feature, false, 2, 3));
      return Ops.sigmoid(mean.add(max));
    }

    private NDArray spatialWeight(NDArray feature, Pass pass) {
      NDArray pooled = Ops.concat(1, Ops.mean(feature, true, 1), Ops.max(feature, true, 1));
      return Ops.sigmoid(spatialWeight.forward(pooled, pass));
    }
  }
}
