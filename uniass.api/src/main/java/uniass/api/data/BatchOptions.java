/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

import java.util.Optional;

/**
 * How batches are made.
 *
 * @param format size and resizing
 * @param normalization of the values
 * @param batch images per batch; the last batch may be shorter
 * @param masks whether masks are read
 * @param skipUnreadable leave out images that cannot be read (with a warning) rather than fail
 * @param painting adds images with synthetic defects
 */
public record BatchOptions(
    ImageFormat format,
    Normalization normalization,
    int batch,
    boolean masks,
    boolean skipUnreadable,
    Optional<Painting> painting) {

  /** Without synthetic defects. */
  public BatchOptions(
      ImageFormat format,
      Normalization normalization,
      int batch,
      boolean masks,
      boolean skipUnreadable) {
    this(format, normalization, batch, masks, skipUnreadable, Optional.empty());
  }

  /** The same, with images with synthetic defects beside the images. */
  public BatchOptions with(Painting defects) {
    return new BatchOptions(
        format, normalization, batch, masks, skipUnreadable, Optional.of(defects));
  }
}
