/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.plugin.Plugin;

/** EfficientNet-B6. */
@Component(service = Backbone.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "efficientnet-b6",
    description = "EfficientNet-B6 (Tan and Le 2019), paddings of its native 528 px")
public final class EfficientNetB6 extends EfficientNet {

  /** Describes the network. */
  public EfficientNetB6() {
    super(Architecture.B6);
  }
}
