/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uniass.api.checkpoint.Checkpoint;

/**
 * Reads the form of PyTorch before 1.6: five pickles (a magic number, the protocol's version, facts
 * about the machine, the content, the storages' keys), then each storage as its number of elements
 * and the elements.
 */
final class PytorchLegacy {

  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long PROTOCOL = 1001;

  private final PickleInput in;
  private final long size;

  private PytorchLegacy(PickleInput in, long size) {
    this.in = in;
    this.size = size;
  }

  static Checkpoint read(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return new PytorchLegacy(new PickleInput(stream), Files.size(file)).read();
    }
  }

  private Checkpoint read() throws IOException {
    if (!MAGIC.equals(Unpickler.load(in).value())) {
      throw new BadFileException("is a pickle, but was not saved by PyTorch");
    }
    if (!Long.valueOf(PROTOCOL).equals(Unpickler.load(in).value())) {
      throw new BadFileException("has another protocol than PyTorch's " + PROTOCOL);
    }
    if (!(Unpickler.load(in).value() instanceof Map<?, ?> facts)
        || !Boolean.TRUE.equals(facts.get("little_endian"))) {
      throw new BadFileException("was written on a big-endian machine, which is not supported");
    }
    Unpickler.Content content = Unpickler.load(in);
    if (!(Unpickler.load(in).value() instanceof List<?> keys)) {
      throw new BadFileException("lacks the list of its storages");
    }
    PytorchTensors tensors = new PytorchTensors(StateDict.of(content.value()), size);
    Map<String, byte[]> bytes = new HashMap<>();
    for (Object key : keys) {
      StorageRef storage = content.storages().get(key);
      if (storage == null) {
        throw new BadFileException(
            "has data " + Quoted.text(String.valueOf(key)) + " that nothing refers to");
      }
      long elements = in.readLong();
      if (elements != storage.elements() || storage.bytes() > size - in.position()) {
        throw new BadFileException(
            "should have "
                + storage.elements()
                + " elements of data "
                + Quoted.text(storage.key())
                + ", it has "
                + elements
                + " or is truncated");
      }
      if (tensors.storages().containsKey(storage.key())) {
        bytes.put(storage.key(), in.readBytes(storage.bytes()));
      } else {
        in.skip(storage.bytes());
      }
    }
    return tensors.build(bytes);
  }
}
