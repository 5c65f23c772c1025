/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.plugin.Plugin;

/** ResNet-50. */
@Component(service = Backbone.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "resnet50", description = "ResNet-50, weights in torchvision's layout")
public final class ResNet50 extends ResNet {

  /** Describes the network. */
  public ResNet50() {
    super("resnet50", List.of(3, 4, 6), true, 1);
  }
}
