/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

/**
 * The sizes of a layer from (N,C,h,w) to (N,C',h,w).
 *
 * @param inputChannels C
 * @param outputChannels C'
 * @param height h
 * @param width w
 */
public record LayerShape(int inputChannels, int outputChannels, int height, int width) {}
