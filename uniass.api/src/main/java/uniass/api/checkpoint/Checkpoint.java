/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of a model file.
 *
 * @param format {@code safetensors} or {@code pytorch}
 * @param tensors by name, without {@code module.} in front, in the file's order
 * @param metadata texts by name; empty for PyTorch files
 * @param notes what else the file held and what became of it, one line each: an optimizer's state
 *     that was ignored, a prefix that was removed
 */
public record Checkpoint(
    String format,
    Map<String, TensorData> tensors,
    Map<String, String> metadata,
    List<String> notes) {

  /** Copies the collections, keeping their order. */
  public Checkpoint {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    notes = List.copyOf(notes);
  }

  /** The same file with other tensors, or other names of them. */
  public Checkpoint withTensors(Map<String, TensorData> others) {
    return new Checkpoint(format, others, metadata, notes);
  }
}
