package uniass.api.checkpoint;

import java.util.List;

/**
 * What came of loading.
 *
 * @param matched names that were loaded
 * @param missing names of the network that the file lacks
 * @param leftOver names of the file that the network lacks, without the {@code unused} ones
 * @param unused names of the file that no network here ever uses and that published files carry all
 *     the same: batch norms' {@code num_batches_tracked}, and a backbone's parts behind the last
 *     level
 */
public record LoadReport(
    List<String> matched, List<String> missing, List<String> leftOver, List<String> unused) {

  /** Copies the lists. */
  public LoadReport {
    matched = List.copyOf(matched);
    missing = List.copyOf(missing);
    leftOver = List.copyOf(leftOver);
    unused = List.copyOf(unused);
  }
}
