/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.checkpoint;

import java.util.List;

/**
 * The result of a conversion.
 *
 * @param names how the file's entries and the network's compare; names are those of the network
 * @param backboneOnly whether the file held a backbone's weights alone, so that only the backbone's
 *     entries count as missing; it is written under its own names, without {@code backbone.}
 * @param written number of tensors in the new file
 * @param notes see {@link Checkpoint#notes}
 */
public record ConversionReport(
    LoadReport names, boolean backboneOnly, int written, List<String> notes) {

  /** Copies the list. */
  public ConversionReport {
    notes = List.copyOf(notes);
  }
}
