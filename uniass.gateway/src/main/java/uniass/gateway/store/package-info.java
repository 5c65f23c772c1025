/**
 * The model store: model files by checksum, and one small file that says what they are, which
 * station uses which, and what it used before.
 */
package uniass.gateway.store;
