/**
 * Faster forms of layers, put in when a network is assembled ({@link
 * uniass.model.fast.FastLayers}): folded norms, minimal filtering, fused scripts, composed and
 * factorized linear maps. Each computes what its layer defines up to rounding, and falls back to it
 * where that is faster or a pass is direct. Own code, because neither DJL nor PyTorch has them.
 */
package uniass.model.fast;
