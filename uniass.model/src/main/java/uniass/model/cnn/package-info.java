/**
 * The gated CNNs that follow the attention block of each decoder level, and their variants for
 * ablations.
 */
package uniass.model.cnn;
