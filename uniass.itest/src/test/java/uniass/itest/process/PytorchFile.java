/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a checkpoint as {@code torch.save} does (the zip form): a pickle of dictionaries and
 * tensors, and each tensor's bytes as an entry that is not compressed.
 */
final class PytorchFile implements AutoCloseable {

  private final ZipOutputStream zip;
  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
  private int storages;

  /** Begins with {@code {"epoch": ..., "state_dict": OrderedDict(...}. */
  PytorchFile(Path file, int epoch) throws IOException {
    zip = new ZipOutputStream(Files.newOutputStream(file));
    zip.setMethod(ZipOutputStream.STORED);
    bytes(0x80, 2);
    ascii("}(");
    text("epoch");
    integer(epoch);
    text("state_dict");
    ascii("ccollections\nOrderedDict\n)R(");
  }

  /** Adds a float tensor. */
  void add(String name, float[] values, long... shape) throws IOException {
    ByteBuffer data =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    add(name, "FloatStorage", data.array(), values.length, shape);
  }

  /** Adds a counter, as batch norms have one. */
  void addCounter(String name) throws IOException {
    add(name, "LongStorage", new byte[Long.BYTES], 1);
  }

  private void add(String name, String storage, byte[] data, int count, long... shape)
      throws IOException {
    text(name);
    ascii("ctorch._utils\n_rebuild_tensor_v2\n((");
    text("storage");
    ascii("ctorch\n" + storage + "\n");
    text(String.valueOf(storages));
    text("cpu");
    integer(count);
    ascii("tQ");
    integer(0);
    tuple(shape);
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    tuple(strides);
    bytes(0x89);
    ascii("ccollections\nOrderedDict\n)RtR");
    entry("archive/data/" + storages++, data);
  }

  private void tuple(long... values) {
    ascii("(");
    for (long value : values) {
      integer(Math.toIntExact(value));
    }
    ascii("t");
  }

  private void integer(int value) {
    ascii("J");
    number(value);
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ascii("X");
    number(utf8.length);
    pickle.writeBytes(utf8);
  }

  private void number(int value) {
    pickle.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void ascii(String operations) {
    pickle.writeBytes(operations.getBytes(StandardCharsets.US_ASCII));
  }

  private void bytes(int... operations) {
    for (int operation : operations) {
      pickle.write(operation);
    }
  }

  private void entry(String name, byte[] data) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(data);
    ZipEntry entry = new ZipEntry(name);
    entry.setSize(data.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(data);
    zip.closeEntry();
  }

  /** Ends the dictionaries, and the file. */
  @Override
  public void close() throws IOException {
    ascii("uu.");
    entry("archive/data.pkl", pickle.toByteArray());
    entry("archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    entry("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    zip.close();
  }
}
