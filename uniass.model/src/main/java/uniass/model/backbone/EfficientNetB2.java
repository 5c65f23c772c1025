/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.plugin.Plugin;

/** EfficientNet-B2. */
@Component(service = Backbone.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "efficientnet-b2",
    description = "EfficientNet-B2 (Tan and Le 2019), paddings of its native 260 px")
public final class EfficientNetB2 extends EfficientNet {

  /** Describes the network. */
  public EfficientNetB2() {
    super(Architecture.B2);
  }
}
