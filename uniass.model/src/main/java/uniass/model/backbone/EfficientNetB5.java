/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.plugin.Plugin;

/** EfficientNet-B5. */
@Component(service = Backbone.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "efficientnet-b5",
    description = "EfficientNet-B5 (Tan and Le 2019), paddings of its native 456 px")
public final class EfficientNetB5 extends EfficientNet {

  /** Describes the network. */
  public EfficientNetB5() {
    super(Architecture.B5);
  }
}
