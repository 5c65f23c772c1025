/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.query;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.NetworkShape;
import uniass.api.network.QueryProjector;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Settings;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;

/** Query projector: the decoded map as it is. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(name = "identity", description = "the decoded map as it is")
public final class IdentityProjector implements QueryProjector {

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    return (input, pass) -> input;
  }
}
