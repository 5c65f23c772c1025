/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.plugin.Plugin;

/** EfficientNet-B0. */
@Component(service = Backbone.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "efficientnet-b0",
    description = "EfficientNet-B0 (Tan and Le 2019), paddings of its native 224 px")
public final class EfficientNetB0 extends EfficientNet {

  /** Describes the network. */
  public EfficientNetB0() {
    super(Architecture.B0);
  }
}
