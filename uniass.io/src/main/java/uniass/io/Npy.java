/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;

/**
 * NumPy's {@code .npy} files (format 1.0, 2.0 and 3.0), float32, row-major: anomaly maps H x W, and
 * what a network takes as input, C x H x W.
 */
public final class Npy {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern DESCR =
      Pattern.compile("'descr'\\s*:\\s*('[^']*'|\\[.*?\\]\\s*[,}])");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");
  private static final int ALIGNMENT = 64;
  private static final int CHUNK = 1 << 20;

  private Npy() {}

  /**
   * Several planes.
   *
   * @param channels their number
   * @param height of each
   * @param width of each
   * @param values channels x height x width, row-major
   */
  public record FloatPlanes(int channels, int height, int width, float[] values) {}

  /**
   * Reads a map.
   *
   * @throws UniassException naming the file if it is missing, not a .npy file, of another type,
   *     order or rank, or truncated
   */
  public static AnomalyMap read(Path file) {
    Content content = read(file, 2, "a map is H x W: squeeze other axes");
    return new AnomalyMap(content.shape[0], content.shape[1], content.values);
  }

  /**
   * Reads planes.
   *
   * @throws UniassException as {@link #read} does
   */
  public static FloatPlanes readPlanes(Path file) {
    Content content = read(file, 3, "planes are C x H x W: squeeze other axes");
    int[] shape = content.shape;
    return new FloatPlanes(shape[0], shape[1], shape[2], content.values);
  }

  private record Content(int[] shape, float[] values) {}

  private static Content read(Path file, int rank, String rankMeant) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer start = fully(channel, 0, 12, file);
      for (byte b : MAGIC) {
        if (start.get() != b) {
          throw bad(file, "is not a .npy file; write it with numpy.save");
        }
      }
      int major = start.get();
      start.get();
      if (major < 1 || major > 3) {
        throw bad(file, "has .npy format " + major + "; formats 1 to 3 can be read");
      }
      int length = major == 1 ? start.getShort() & 0xffff : start.getInt();
      int headerAt = major == 1 ? 10 : 12;
      if (length < 0 || headerAt + (long) length > channel.size()) {
        throw bad(file, "is truncated within its header; write it again");
      }
      byte[] text = new byte[length];
      fully(channel, headerAt, length, file).get(text);
      String header = new String(text, StandardCharsets.UTF_8);
      int[] shape = shape(file, header, rank, rankMeant);
      long count = count(shape);
      long there = (channel.size() - headerAt - length) / Float.BYTES;
      if (count > there) {
        throw bad(file, "is truncated: " + there + " of " + count + " values; write it again");
      }
      float[] values = new float[Math.toIntExact(count)];
      fully(channel, headerAt + (long) length, count * Float.BYTES, file)
          .asFloatBuffer()
          .get(values);
      return new Content(shape, values);
    } catch (NoSuchFileException e) {
      throw new UniassException("no map " + file, e);
    } catch (IOException e) {
      throw new UniassException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes a map in format 1.0, byte for byte as {@code numpy.save} does; makes its folder. An
   * older file stays whole until the new one is.
   *
   * @throws UniassException naming the file and why it cannot be written
   */
  public static void write(Path file, AnomalyMap map) {
    int height = map.height();
    float[] values = map.values();
    String dictionary =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(height, map.width());
    // NumPy pads with spaces so that a header can grow in place, then to a multiple of 64 bytes.
    int growth = Math.max(0, 21 - Integer.toString(height).length());
    String header = dictionary + " ".repeat(growth);
    int unpadded = MAGIC.length + 4 + header.length() + 1;
    header += " ".repeat((ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT) + "\n";
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.max(CHUNK, MAGIC.length + 4 + text.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length).put(text);
    try {
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
    } catch (IOException e) {
      throw new UniassException(file.getParent() + ": cannot be made: " + AtomicFile.reason(e), e);
    }
    AtomicFile.write(
        file,
        channel -> {
          write(channel, bytes.flip());
          for (int from = 0; from < values.length; from += CHUNK / Float.BYTES) {
            int count = Math.min(CHUNK / Float.BYTES, values.length - from);
            bytes.clear().asFloatBuffer().put(values, from, count);
            write(channel, bytes.limit(count * Float.BYTES));
          }
        });
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static long count(int... shape) {
    long count = 1;
    for (int side : shape) {
      count *= side;
    }
    return count;
  }

  private static int[] shape(Path file, String header, int rank, String rankMeant) {
    Matcher descr = DESCR.matcher(header);
    Matcher order = ORDER.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!descr.find() || !order.find() || !shape.find()) {
      throw bad(file, "has a damaged .npy header; write it with numpy.save");
    }
    if (!descr.group(1).equals("'<f4'")) {
      throw bad(
          file, "holds " + descr.group(1) + "; float32 is needed: save map.astype(numpy.float32)");
    }
    String[] sizes = shape.group(1).split(",");
    if (sizes.length != rank || sizes[rank - 1].isBlank()) {
      throw bad(file, "has shape (" + shape.group(1) + "); " + rankMeant);
    }
    int[] result = new int[rank];
    long count = 1;
    try {
      for (int i = 0; i < rank; i++) {
        result[i] = Integer.parseInt(sizes[i].trim());
        count = result[i] < 1 ? 0 : Math.min(count * result[i], Integer.MAX_VALUE);
      }
    } catch (NumberFormatException e) {
      throw bad(file, "has a damaged .npy header; write it with numpy.save");
    }
    if (count < 1 || count > 1 << 29) {
      throw bad(file, "has shape (" + shape.group(1) + "), outside 1 to 2^29 values");
    }
    if (order.group(1).equals("True")) {
      throw bad(file, "is column-major; save numpy.ascontiguousarray(map)");
    }
    return result;
  }

  private static ByteBuffer fully(FileChannel channel, long at, long length, Path file)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw bad(file, "is truncated; write it again");
      }
    }
    return buffer.flip();
  }

  private static UniassException bad(Path file, String what) {
    return new UniassException(file + " " + what);
  }
}
