/** The terms of the reconstruction loss. */
package uniass.model.loss;
