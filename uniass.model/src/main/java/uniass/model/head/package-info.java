/**
 * Reconstruction heads: upsampling and three 3x3 convolutions without activation. These are a
 * linear map of a 14x14 grid, and are evaluated as one if that is faster (bench/NOTES.md).
 */
package uniass.model.head;
