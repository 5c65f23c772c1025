/**
 * Synthetic defects on normal images. Written by hand, because what they look like, and that equal
 * seeds give equal bytes, is what this product is about.
 */
package uniass.datasets.synthetic;
