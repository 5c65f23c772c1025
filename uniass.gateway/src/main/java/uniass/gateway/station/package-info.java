/**
 * A station's way: bounded queue, decoding, batches shared by all stations of a model, result. A
 * {@link uniass.gateway.station.Lane} is one open model with its threads.
 */
package uniass.gateway.station;
