/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.plugin.Plugin;

/** EfficientNet-B4. */
@Component(service = Backbone.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "efficientnet-b4",
    description = "EfficientNet-B4 (Tan and Le 2019), paddings of its native 380 px")
public final class EfficientNetB4 extends EfficientNet {

  /** Describes the network. */
  public EfficientNetB4() {
    super(Architecture.B4);
  }
}
