/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.checkpoint.TensorData;

/** Writes safetensors. Equal content gives equal bytes. */
final class SafetensorsWriter {

  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /** Writes a whole file's bytes. */
  static void write(
      WritableByteChannel channel, Map<String, TensorData> tensors, Map<String, String> metadata)
      throws IOException {
    List<Named> ordered = order(tensors);
    Checksum checksum = new Checksum();
    List<SafetensorsHeader.Entry> entries = new ArrayList<>();
    long position = 0;
    for (Named tensor : ordered) {
      long end = position + tensor.data().data().remaining();
      entries.add(
          new SafetensorsHeader.Entry(
              tensor.name(), tensor.type(), tensor.data().shape(), position, end));
      checksum.update(tensor.data().data());
      position = end;
    }
    Map<String, String> texts = new TreeMap<>(metadata);
    texts.putIfAbsent("format", "pt"); // some Python programs ask for it
    texts.put(Checkpoints.FORMAT_VERSION, Integer.toString(Checkpoints.CURRENT_FORMAT));
    texts.put(Checkpoints.CHECKSUM, checksum.hex());
    writeHeader(channel, new SafetensorsHeader(texts, entries));
    for (Named tensor : ordered) {
      writeAll(channel, tensor.data().data().duplicate());
    }
  }

  private static void writeHeader(WritableByteChannel channel, SafetensorsHeader header)
      throws IOException {
    byte[] json = header.toJson();
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] bytes = Arrays.copyOf(json, padded);
    Arrays.fill(bytes, json.length, padded, (byte) ' ');
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    writeAll(channel, length.putLong(padded).flip());
    writeAll(channel, ByteBuffer.wrap(bytes));
  }

  private static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Large elements first, so that every tensor is aligned to its elements; else as they came. */
  private static List<Named> order(Map<String, TensorData> tensors) throws BadFileException {
    List<Named> ordered = new ArrayList<>();
    for (Map.Entry<String, TensorData> entry : tensors.entrySet()) {
      TensorData data = entry.getValue();
      ElementType type = ElementType.of(data.type());
      if (Shapes.bytes(entry.getKey(), data.shape(), type) != data.data().remaining()) {
        throw new IllegalArgumentException(
            "tensor '" + entry.getKey() + "' does not have as many elements as its shape says");
      }
      ordered.add(new Named(entry.getKey(), type, data));
    }
    ordered.sort(Comparator.comparingInt((Named tensor) -> -tensor.type().size()));
    return ordered;
  }

  private record Named(String name, ElementType type, TensorData data) {}
}
