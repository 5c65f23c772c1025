/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.attention;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.AttentionBlock;
import uniass.api.plugin.Plugin;

/** Attention over tokens alone. */
@Component(service = AttentionBlock.class, scope = ServiceScope.PROTOTYPE)
@Plugin(name = "spatial", description = "neighbour-masked attention over tokens alone")
public final class SpatialAttention extends MaskedAttention {

  /** Describes the block. */
  public SpatialAttention() {
    super(false);
  }
}
