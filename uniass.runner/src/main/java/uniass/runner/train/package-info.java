/** Trains a network, from an experiment to its model file. */
package uniass.runner.train;
