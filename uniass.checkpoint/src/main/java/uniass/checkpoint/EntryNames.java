/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.checkpoint.TensorData;
import uniass.tensor.ParameterStore;

/** Removes what wrappers put before the names of a network's parameters. */
final class EntryNames {

  private static final String WRAPPER = "module.";

  private EntryNames() {}

  /** Removes the prefix of PyTorch's data-parallel wrapper. */
  static Checkpoint plain(Checkpoint checkpoint) throws BadFileException {
    if (checkpoint.tensors().keySet().stream().noneMatch(name -> name.startsWith(WRAPPER))) {
      return checkpoint;
    }
    return without(checkpoint, WRAPPER);
  }

  /**
   * Removes a prefix that all names have in common, such as {@code model.}, if only what is behind
   * it are names of the network.
   *
   * @param front what stands before each of the names in the network
   */
  static Checkpoint fitting(Checkpoint checkpoint, ParameterStore network, String front)
      throws BadFileException {
    Set<String> names = checkpoint.tensors().keySet();
    String common = names.stream().reduce(EntryNames::common).orElse("");
    String prefix = "";
    while (!anyOf(names, prefix, network, front)) {
      int dot = common.indexOf('.', prefix.length());
      if (dot < 0) {
        return checkpoint; // of another network; the caller says which names are missing
      }
      prefix = common.substring(0, dot + 1);
    }
    return prefix.isEmpty() ? checkpoint : without(checkpoint, prefix);
  }

  private static boolean anyOf(
      Set<String> names, String prefix, ParameterStore network, String front) {
    return names.stream()
        .anyMatch(name -> network.get(front + name.substring(prefix.length())) != null);
  }

  private static String common(String a, String b) {
    int length = 0;
    while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
      length++;
    }
    return a.substring(0, length);
  }

  private static Checkpoint without(Checkpoint checkpoint, String prefix) throws BadFileException {
    Map<String, TensorData> plain = new LinkedHashMap<>();
    for (Map.Entry<String, TensorData> entry : checkpoint.tensors().entrySet()) {
      String name = entry.getKey();
      String shorter = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
      if (plain.put(shorter, entry.getValue()) != null) {
        throw new BadFileException(
            "has " + Quoted.text(shorter) + " both with and without '" + prefix + "' in front");
      }
    }
    List<String> notes = new ArrayList<>(checkpoint.notes());
    notes.add("prefix " + Quoted.text(prefix) + " removed");
    return new Checkpoint(checkpoint.format(), plain, checkpoint.metadata(), notes);
  }
}
