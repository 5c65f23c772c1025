/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.checkpoint.TensorData;

/**
 * Reads safetensors: 8 bytes of length (little-endian), so many bytes of JSON, then the data. All
 * that the header says is checked against the file's size before memory is spent on it.
 */
final class SafetensorsReader {

  /** As much as the safetensors library itself accepts is 100 MB; real headers have some 100 kB. */
  private static final int LARGEST_HEADER = 32 << 20;

  private static final long UNKNOWN = Long.MAX_VALUE;

  private SafetensorsReader() {}

  /**
   * Reads a file. Its tensors are views of the file, which stays open as long as they are used: a
   * model may be larger than the heap.
   */
  static Checkpoint read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      SafetensorsHeader header = readHeader(Channels.newInputStream(channel), channel.size());
      MappedTensors mapped = new MappedTensors(channel, header.entries());
      return checkpoint(header, mapped::bytes);
    }
  }

  static Checkpoint read(InputStream unbuffered) throws IOException {
    InputStream stream = new BufferedInputStream(unbuffered);
    SafetensorsHeader header = readHeader(stream, UNKNOWN);
    Memory.require(header.dataBytes());
    Checkpoint checkpoint = checkpoint(header, entry -> copy(stream, entry));
    if (stream.read() >= 0) {
      throw new BadFileException("has more bytes than its tensors take");
    }
    return checkpoint;
  }

  static Map<String, String> metadata(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return readHeader(stream, Files.size(file)).metadata();
    }
  }

  /** Gives the bytes of tensors, in the file's order. */
  private interface Data {
    ByteBuffer of(SafetensorsHeader.Entry entry) throws IOException;
  }

  private static ByteBuffer copy(InputStream stream, SafetensorsHeader.Entry entry)
      throws IOException {
    byte[] bytes = stream.readNBytes(entry.length());
    if (bytes.length != entry.length()) {
      throw new BadFileException("ends within tensor " + Quoted.text(entry.name()));
    }
    return ByteBuffer.wrap(bytes);
  }

  private static Checkpoint checkpoint(SafetensorsHeader header, Data data) throws IOException {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    String stored = header.metadata().get(Checkpoints.CHECKSUM);
    Checksum checksum = new Checksum();
    for (SafetensorsHeader.Entry entry : header.entries()) {
      ByteBuffer bytes = data.of(entry);
      if (stored != null) {
        checksum.update(bytes);
      }
      tensors.put(
          entry.name(),
          new TensorData(entry.type().name(), entry.shape(), bytes.order(ByteOrder.LITTLE_ENDIAN)));
    }
    if (stored != null && !stored.equals(checksum.hex())) {
      throw new BadFileException("is damaged: its data do not match the stored checksum");
    }
    return new Checkpoint("safetensors", tensors, header.metadata(), List.of());
  }

  private static SafetensorsHeader readHeader(InputStream stream, long size) throws IOException {
    byte[] prefix = stream.readNBytes(Long.BYTES);
    if (prefix.length < Long.BYTES) {
      throw new BadFileException("ends before its header");
    }
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > size - Long.BYTES) {
      throw new BadFileException(
          "has a header of "
              + Long.toUnsignedString(length)
              + " bytes"
              + (size == UNKNOWN ? "" : ", the file has " + size)
              + "; it is truncated or not a safetensors file");
    }
    if (length > LARGEST_HEADER) {
      throw new BadFileException(
          "has a header of " + length + " bytes; at most " + LARGEST_HEADER + " are read");
    }
    byte[] json = stream.readNBytes((int) length);
    if (json.length != length) {
      throw new BadFileException("ends within its header");
    }
    SafetensorsHeader header = SafetensorsHeader.parse(json);
    if (size != UNKNOWN && header.dataBytes() != size - Long.BYTES - length) {
      throw new BadFileException(
          "has "
              + (size - Long.BYTES - length)
              + " bytes of data, its header names "
              + header.dataBytes()
              + "; it is truncated or damaged");
    }
    checkVersion(header.metadata().get(Checkpoints.FORMAT_VERSION));
    return header;
  }

  private static void checkVersion(String version) throws BadFileException {
    if (version == null) {
      return; // written by another program
    }
    if (!version.matches("[1-9][0-9]{0,8}")) {
      throw new BadFileException("has the unreadable format version " + Quoted.text(version));
    }
    if (Integer.parseInt(version) > Checkpoints.CURRENT_FORMAT) {
      throw new BadFileException(
          "has format version "
              + version
              + ", this release reads up to "
              + Checkpoints.CURRENT_FORMAT
              + "; use a newer release");
    }
  }
}
