/**
 * The attention blocks of the decoder levels: a spatial branch over 196 tokens and a channel branch
 * over their transpose, each cross-attention, self-attention and feed-forward layer.
 */
package uniass.model.attention;
