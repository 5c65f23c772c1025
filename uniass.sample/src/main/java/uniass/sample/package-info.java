/** The sample factory: images that look like things on a line, drawn from a seed. */
package uniass.sample;
