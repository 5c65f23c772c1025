package uniass.api.checkpoint;

import java.util.List;

/**
 * What came of loading.
 *
 * @param matched names that were loaded
 * @param missing names of the network that the file lacks
 * @param leftOver names of the file that the network lacks
 */
public record LoadReport(List<String> matched, List<String> missing, List<String> leftOver) {

  /** Copies the lists. */
  public LoadReport {
    matched = List.copyOf(matched);
    missing = List.copyOf(missing);
    leftOver = List.copyOf(leftOver);
  }
}
