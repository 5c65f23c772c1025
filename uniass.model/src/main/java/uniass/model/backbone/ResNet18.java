/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.plugin.Plugin;

/** ResNet-18. */
@Component(service = Backbone.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "resnet18", description = "ResNet-18, weights in torchvision's layout")
public final class ResNet18 extends ResNet {

  /** Describes the network. */
  public ResNet18() {
    super("resnet18", List.of(2, 2, 2), false, 1);
  }
}
