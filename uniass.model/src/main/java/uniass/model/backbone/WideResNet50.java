/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.plugin.Plugin;

/** Wide ResNet-50-2. */
@Component(service = Backbone.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "wide-resnet50", description = "Wide ResNet-50-2, weights in torchvision's layout")
public final class WideResNet50 extends ResNet {

  /** Describes the network. */
  public WideResNet50() {
    super("wide-resnet50", List.of(3, 4, 6), true, 2);
  }
}
