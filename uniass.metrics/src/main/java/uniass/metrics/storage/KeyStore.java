/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import uniass.api.UniassException;
import uniass.io.AtomicFile;

/**
 * Ints in the order in which they came: in memory while the budget lasts, then in a scratch file.
 */
public final class KeyStore implements AutoCloseable {

  private static final int LARGEST_CHUNK = 1 << 18;

  private final Path scratch;
  private final Budget budget;
  private final int shift;
  private final List<int[]> inMemory = new ArrayList<>();
  private int[] open;
  private int filled;
  private long size;
  private int spilled;
  private Path path;
  private FileChannel file;
  private ByteBuffer writeBuffer;

  public KeyStore(Path scratch, Budget budget, long bytes) {
    this.scratch = scratch;
    this.budget = budget;
    int chunk = (int) Math.max(256, Math.min(LARGEST_CHUNK, bytes / 128));
    this.shift = 31 - Integer.numberOfLeadingZeros(chunk);
  }

  public long size() {
    return size;
  }

  /** Bytes written to disk. */
  public long spilledBytes() {
    return (long) spilled << shift << 2;
  }

  public void append(int[] keys, int n) {
    for (int done = 0; done < n; ) {
      if (open == null) {
        open = new int[1 << shift];
      }
      int part = Math.min(n - done, open.length - filled);
      System.arraycopy(keys, done, open, filled, part);
      filled += part;
      done += part;
      if (filled == open.length) {
        closeChunk();
      }
    }
    size += n;
  }

  private void closeChunk() {
    if (spilled == 0 && budget.take((long) open.length * Integer.BYTES)) {
      inMemory.add(open);
      open = null;
    } else {
      spill();
    }
    filled = 0;
  }

  private void spill() {
    try {
      if (file == null) {
        path = Files.createTempFile(scratch, "scores", ".keys");
        file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        writeBuffer = buffer();
      }
      writeBuffer.clear().asIntBuffer().put(open);
      while (writeBuffer.hasRemaining()) {
        file.write(writeBuffer);
      }
      spilled++;
    } catch (IOException e) {
      throw new UniassException(
          "cannot spill pixel scores to "
              + scratch
              + ": "
              + AtomicFile.reason(e)
              + "; free space there, name another folder or let it have more memory (score: --scratch,"
              + " --memory; elsewhere: UNIASS_JAVA_OPTS=-Djava.io.tmpdir=FOLDER, UNIASS_HEAP)",
          e);
    }
  }

  private ByteBuffer buffer() {
    return ByteBuffer.allocateDirect(Integer.BYTES << shift).order(ByteOrder.nativeOrder());
  }

  /** Opens a way to read; one a thread, after the last append. */
  public Reader reader() {
    return new Reader();
  }

  @Override
  public void close() {
    inMemory.clear();
    open = null;
    try {
      if (file != null) {
        file.close();
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UniassException("cannot delete " + path + ": " + e.getMessage(), e);
    }
  }

  /** Reads any part of the store. */
  public final class Reader {

    private ByteBuffer readBuffer;

    /** Copies {@code n} keys from position {@code from} on. */
    public void read(long from, int[] target, int at, int n) {
      int mask = (1 << shift) - 1;
      for (int done = 0; done < n; ) {
        int chunk = (int) (from + done >>> shift);
        int within = (int) (from + done) & mask;
        int part = Math.min(n - done, mask + 1 - within);
        if (chunk < inMemory.size()) {
          System.arraycopy(inMemory.get(chunk), within, target, at + done, part);
        } else if (chunk < inMemory.size() + spilled) {
          readSpilled(chunk - inMemory.size(), within, target, at + done, part);
        } else {
          System.arraycopy(open, within, target, at + done, part);
        }
        done += part;
      }
    }

    private void readSpilled(int chunk, int within, int[] target, int at, int n) {
      if (readBuffer == null) {
        readBuffer = buffer();
      }
      readBuffer.clear().limit(n * Integer.BYTES);
      long position = ((long) chunk << shift) + within << 2;
      try {
        while (readBuffer.hasRemaining()) {
          if (file.read(readBuffer, position + readBuffer.position()) < 0) {
            throw new IOException("file ends early");
          }
        }
      } catch (IOException e) {
        throw new UniassException("cannot read back " + path + ": " + e.getMessage(), e);
      }
      readBuffer.flip().asIntBuffer().get(target, at, n);
    }
  }
}
