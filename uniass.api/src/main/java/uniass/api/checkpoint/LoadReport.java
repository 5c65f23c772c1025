/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.checkpoint;

import java.util.List;

/**
 * The keys of a model file and of a network, compared.
 *
 * @param matched keys that both have
 * @param missing keys of the network that the file lacks
 * @param unexpected keys of the file that the network lacks, without the {@code ignored} ones
 * @param ignored keys of the file that no network here uses and that published files contain all
 *     the same: batch norms' {@code num_batches_tracked}, and the backbone's layers after the last
 *     level
 * @param notes what was done so that the keys match, one line each
 */
public record LoadReport(
    List<String> matched,
    List<String> missing,
    List<String> unexpected,
    List<String> ignored,
    List<String> notes) {

  /** Copies the lists. */
  public LoadReport {
    matched = List.copyOf(matched);
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    ignored = List.copyOf(ignored);
    notes = List.copyOf(notes);
  }
}
