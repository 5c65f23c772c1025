/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab;

import java.nio.file.Path;
import java.util.List;

/**
 * What a training from a model's own metadata gave.
 *
 * @param original the model that was reproduced
 * @param model the new model
 * @param equal whether both files have the same bytes
 * @param sha256 of the original file
 * @param differences what differs in the files, one line each
 * @param causes what may explain it: another version, plug-in, data, processor
 */
public record Reproduction(
    Path original,
    Path model,
    boolean equal,
    String sha256,
    List<String> differences,
    List<String> causes) {

  /** Copies the lists. */
  public Reproduction {
    differences = List.copyOf(differences);
    causes = List.copyOf(causes);
  }
}
