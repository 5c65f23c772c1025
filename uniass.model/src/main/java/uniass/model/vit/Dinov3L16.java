/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.vit;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.plugin.Plugin;

/** DINOv3 ViT-L/16. */
@Component(service = Backbone.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "dinov3-l16",
    description = "DINOv3 ViT-L/16, weights of torch hub's or Hugging Face's layout")
public final class Dinov3L16 extends Dinov3 {

  /** Describes the network. */
  public Dinov3L16() {
    super("dinov3-l16", VitShape.LARGE_16);
  }
}
