/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.plugin.Plugin;

/** EfficientNet-B1. */
@Component(service = Backbone.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "efficientnet-b1",
    description = "EfficientNet-B1 (Tan and Le 2019), paddings of its native 240 px")
public final class EfficientNetB1 extends EfficientNet {

  /** Describes the network. */
  public EfficientNetB1() {
    super(Architecture.B1);
  }
}
