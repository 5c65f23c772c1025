/**
 * Assembles the network from its plug-ins, holds them to their contracts, computes loss and anomaly
 * maps.
 */
package uniass.model.network;
