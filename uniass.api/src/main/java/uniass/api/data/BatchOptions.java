/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

/**
 * How batches are made.
 *
 * @param format size and resizing
 * @param normalization of the values
 * @param batch images per batch; the last batch may be shorter
 * @param masks whether masks are read
 * @param skipUnreadable leave out images that cannot be read (with a warning) rather than fail
 */
public record BatchOptions(
    ImageFormat format,
    Normalization normalization,
    int batch,
    boolean masks,
    boolean skipUnreadable) {}
