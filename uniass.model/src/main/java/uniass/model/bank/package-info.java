/** A memory bank: normal patches are remembered, and the distance to the nearest is the anomaly. */
package uniass.model.bank;
