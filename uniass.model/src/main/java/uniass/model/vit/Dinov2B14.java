/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.vit;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.plugin.Plugin;

/** DINOv2 ViT-B/14. */
@Component(service = Backbone.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "dinov2-b14",
    description = "DINOv2 ViT-B/14, weights of torch hub's or Hugging Face's layout")
public final class Dinov2B14 extends Dinov2 {

  /** Describes the network. */
  public Dinov2B14() {
    super("dinov2-b14", VitShape.BASE_14);
  }
}
