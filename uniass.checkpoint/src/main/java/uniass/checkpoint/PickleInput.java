/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Little-endian values from a stream; never more memory than the stream really has bytes. */
final class PickleInput {

  /** Names of classes and modules end with a line feed; none is longer. */
  private static final int LONGEST_LINE = 1000;

  private final InputStream stream;
  private long position;

  PickleInput(InputStream stream) {
    this.stream = new BufferedInputStream(stream);
  }

  /** Bytes read so far. */
  long position() {
    return position;
  }

  int readByte() throws IOException {
    int value = stream.read();
    if (value < 0) {
      throw endsEarly();
    }
    position++;
    return value;
  }

  byte[] readBytes(long length) throws IOException {
    if (length < 0 || length > Integer.MAX_VALUE - 8) {
      throw new BadFileException("has an entry of the impossible length " + length);
    }
    byte[] bytes = stream.readNBytes((int) length);
    if (bytes.length != length) {
      throw endsEarly();
    }
    position += length;
    return bytes;
  }

  void skip(long length) throws IOException {
    try {
      stream.skipNBytes(length);
    } catch (java.io.EOFException e) {
      throw endsEarly();
    }
    position += length;
  }

  /** An unsigned value of 1 to 4 bytes. */
  long readUnsigned(int size) throws IOException {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (long) readByte() << (8 * i);
    }
    return value;
  }

  long readLong() throws IOException {
    return ByteBuffer.wrap(readBytes(Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** The one value in a pickle that is big-endian. */
  double readDouble() throws IOException {
    return ByteBuffer.wrap(readBytes(Double.BYTES)).getDouble();
  }

  String readText(long length) throws IOException {
    return new String(readBytes(length), StandardCharsets.UTF_8);
  }

  String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = readByte(); next != '\n'; next = readByte()) {
      if (line.length() == LONGEST_LINE) {
        throw new BadFileException("has a pickle with an endless name");
      }
      line.append((char) next);
    }
    return line.toString();
  }

  private static BadFileException endsEarly() {
    return new BadFileException("is truncated");
  }
}
