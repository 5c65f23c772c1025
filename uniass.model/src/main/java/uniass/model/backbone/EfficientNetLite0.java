/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.plugin.Plugin;

/** EfficientNet-Lite0. */
@Component(service = Backbone.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "efficientnet-lite0",
    description = "EfficientNet-Lite0: B0 without squeeze-excite, ReLU6, paddings of 224 px")
public final class EfficientNetLite0 extends EfficientNet {

  /** Describes the network. */
  public EfficientNetLite0() {
    super(Architecture.LITE0);
  }
}
