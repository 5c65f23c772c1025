/** Starts the engine as an OSGi component; private. */
package uniass.tensor.internal;
