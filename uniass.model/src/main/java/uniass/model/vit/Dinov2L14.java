/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.vit;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.Backbone;
import uniass.api.plugin.Plugin;

/** DINOv2 ViT-L/14. */
@Component(service = Backbone.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "dinov2-l14",
    description = "DINOv2 ViT-L/14, weights of torch hub's or Hugging Face's layout")
public final class Dinov2L14 extends Dinov2 {

  /** Describes the network. */
  public Dinov2L14() {
    super("dinov2-l14", VitShape.LARGE_14);
  }
}
