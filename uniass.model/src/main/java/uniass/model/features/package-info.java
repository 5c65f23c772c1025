/** Feature processing: what is reconstructed of a level and what the pixel decoder reads. */
package uniass.model.features;
