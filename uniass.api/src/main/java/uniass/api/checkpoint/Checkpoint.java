package uniass.api.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The content of a model file.
 *
 * @param format {@code safetensors} or {@code pytorch}
 * @param tensors by name, without {@code module.} in front, in the file's order
 * @param metadata texts by name; empty for PyTorch files
 */
public record Checkpoint(
    String format, Map<String, TensorData> tensors, Map<String, String> metadata) {

  /** Copies the maps, keeping their order. */
  public Checkpoint {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }
}
