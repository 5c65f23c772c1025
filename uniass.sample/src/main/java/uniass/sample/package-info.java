/**
 * The sample factory: synthetic images of six products with defects and their masks, generated from
 * a seed.
 */
package uniass.sample;
