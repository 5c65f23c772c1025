/**
 * Pixel decoders: from the levels of the backbone to maps of one width, coarse to fine, with or
 * without a Transformer encoder on the coarsest.
 */
package uniass.model.decoder;
