/** Reconstruction heads: upsampling and three 3x3 convolutions without activation. */
package uniass.model.head;
