/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.plugin.Plugin;

/** EfficientNet-B3. */
@Component(service = Backbone.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "efficientnet-b3",
    description = "EfficientNet-B3 (Tan and Le 2019), paddings of its native 300 px")
public final class EfficientNetB3 extends EfficientNet {

  /** Describes the network. */
  public EfficientNetB3() {
    super(Architecture.B3);
  }
}
