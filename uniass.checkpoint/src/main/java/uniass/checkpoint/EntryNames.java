/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.checkpoint.TensorData;

/** Removes the prefix that PyTorch's data-parallel wrapper puts before every name. */
final class EntryNames {

  private static final String WRAPPER = "module.";

  private EntryNames() {}

  static Checkpoint plain(Checkpoint checkpoint) throws BadFileException {
    if (checkpoint.tensors().keySet().stream().noneMatch(name -> name.startsWith(WRAPPER))) {
      return checkpoint;
    }
    Map<String, TensorData> plain = new LinkedHashMap<>();
    for (Map.Entry<String, TensorData> entry : checkpoint.tensors().entrySet()) {
      String name = entry.getKey();
      String shorter = name.startsWith(WRAPPER) ? name.substring(WRAPPER.length()) : name;
      if (plain.put(shorter, entry.getValue()) != null) {
        throw new BadFileException(
            "has " + Quoted.text(shorter) + " both with and without '" + WRAPPER + "' in front");
      }
    }
    List<String> notes = new ArrayList<>(checkpoint.notes());
    notes.add("prefix '" + WRAPPER + "' removed");
    return new Checkpoint(checkpoint.format(), plain, checkpoint.metadata(), notes);
  }
}
