/**
 * Reads the data set of an experiment and leaves out what cannot be read, if the experiment says
 * so.
 */
package uniass.runner.dataset;
