/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.vit;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.plugin.Plugin;

/** DINOv3 ViT-B/16. */
@Component(service = Backbone.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "dinov3-b16",
    description = "DINOv3 ViT-B/16, weights of torch hub's or Hugging Face's layout")
public final class Dinov3B16 extends Dinov3 {

  /** Describes the network. */
  public Dinov3B16() {
    super("dinov3-b16", VitShape.BASE_16);
  }
}
