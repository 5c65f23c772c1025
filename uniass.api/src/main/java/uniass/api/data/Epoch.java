/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

/**
 * Which epoch of a training a data loader delivers. The same values give the same batches on every
 * machine.
 *
 * @param number of the epoch, from 0
 * @param seed of the training
 * @param augmentation changes that are drawn for each image
 * @param balanced every category equally often: smaller ones repeat
 */
public record Epoch(int number, long seed, Augmentation augmentation, boolean balanced) {}
