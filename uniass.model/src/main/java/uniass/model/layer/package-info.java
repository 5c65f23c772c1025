/**
 * The layers that the network is built of, in a direct form that reads like the paper and an
 * optimized one (minimal filtering, fused scripts). Own code, because DJL has none of them with the
 * values, names and speed that are needed.
 */
package uniass.model.layer;
