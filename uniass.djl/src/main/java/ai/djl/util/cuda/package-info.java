/**
 * What DJL's {@code ai.djl.util.cuda} lacks: the state of NVIDIA's driver. It lies here because JNA
 * is visible in this bundle only.
 */
package ai.djl.util.cuda;
