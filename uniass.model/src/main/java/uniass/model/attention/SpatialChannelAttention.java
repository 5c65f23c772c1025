/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.attention;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.AttentionBlock;
import uniass.api.plugin.Plugin;

/** Attention over tokens plus attention over channels. */
@Component(service = AttentionBlock.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "spatial-channel",
    description = "neighbour-masked attention over tokens plus attention over channels (the paper)")
public final class SpatialChannelAttention extends MaskedAttention {

  /** Describes the block. */
  public SpatialChannelAttention() {
    super(true);
  }
}
