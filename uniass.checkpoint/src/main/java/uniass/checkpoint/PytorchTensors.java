/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.checkpoint.TensorData;

/** Cuts a state dictionary's tensors out of a file's storages. */
final class PytorchTensors {

  /** Room for tensors that repeat elements of their storage, beyond the storages' own bytes. */
  private static final long SPARE_BYTES = 1 << 20;

  private final Map<String, Integer> lengths = new LinkedHashMap<>();
  private final Map<String, StorageRef> storages = new LinkedHashMap<>();
  private final StateDict state;

  /** Checks every tensor against its storage, and the storages against the file. */
  PytorchTensors(StateDict state, long fileSize) throws BadFileException {
    this.state = state;
    long repeated = 0;
    long stored = 0;
    for (Map.Entry<String, StridedTensor> entry : state.tensors().entrySet()) {
      StridedTensor tensor = entry.getValue();
      int length = tensor.check(entry.getKey());
      lengths.put(entry.getKey(), length);
      repeated += tensor.contiguous() ? 0 : length;
      StorageRef ref = tensor.storage();
      if (storages.putIfAbsent(ref.key(), ref) == null) {
        stored += ref.bytes();
      }
    }
    if (stored > fileSize) {
      throw new BadFileException(
          "names " + stored + " bytes of data, more than the file has; it is truncated or damaged");
    }
    if (repeated > 2 * stored + SPARE_BYTES) {
      throw new BadFileException("has tensors that are much larger than their data");
    }
    Memory.require(stored + repeated);
  }

  /** The storages that are needed, by key. */
  Map<String, StorageRef> storages() {
    return storages;
  }

  /** Builds the tensors from the needed storages' bytes. */
  Checkpoint build(Map<String, byte[]> bytes) throws IOException {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, StridedTensor> entry : state.tensors().entrySet()) {
      StridedTensor tensor = entry.getValue();
      byte[] stored = bytes.get(tensor.storage().key());
      if (stored == null) {
        throw new BadFileException("lacks the data of tensor " + Quoted.text(entry.getKey()));
      }
      tensors.put(entry.getKey(), tensor.read(lengths.get(entry.getKey()), stored));
    }
    return EntryNames.plain(new Checkpoint("pytorch", tensors, Map.of(), state.notes()));
  }
}
