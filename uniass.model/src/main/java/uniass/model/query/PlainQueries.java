/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.query;

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.NetworkShape;
import uniass.api.network.QueryProcessor;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.tensor.Init;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;

/** Learned queries, the same for every sample. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "plain", description = "learned queries, the same for every sample")
public final class PlainQueries implements QueryProcessor {

  @Override
  public Layer create(
      ParameterScope scope, NetworkShape shape, Projector projector, Settings settings) {
    int cells = shape.queries();
    int hidden = shape.hidden();
    NDArray table =
        scope.child("spatial_query_feat").parameter("weight", Init.normal(), cells, hidden);
    return (coarsest, pass) -> Ops.perImage(table, coarsest);
  }
}
