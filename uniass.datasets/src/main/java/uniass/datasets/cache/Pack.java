package uniass.datasets.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;

/**
 * One file of the cache: records one after the other in a sparse file of fixed length, mapped whole
 * for reading. Only the process that holds the lock file's lock appends, through the channel (a
 * full disk is then an error and no crash). The kernel drops the lock when its holder dies; a
 * record that was being written then fails its checksum, and the next holder overwrites it.
 *
 * <p>A record, big-endian: magic (4 bytes), length of the content (4), key (16), CRC-32C of length,
 * key and content (4), zero (4), content, padding to a multiple of 8.
 */
final class Pack {

  static final int HEADER = 32;
  private static final int MAGIC = 0x55415031;
  private static final long USED_NANOS = 3_600_000_000_000L;
  private static final long TOUCH_NANOS = USED_NANOS / 6;

  private final Path file;
  private final Path lockFile;
  private final int capacity;
  private final MappedByteBuffer map;
  private FileChannel lockChannel;
  private FileChannel writer;
  private int end;
  private long touched;

  private Pack(Path file, int capacity, MappedByteBuffer map) {
    this.file = file;
    this.lockFile = lockFile(file);
    this.capacity = capacity;
    this.map = map;
  }

  /** Maps a pack, made anew if it is not there. */
  static Pack open(Path file, int capacity) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() < capacity) {
        // lengthens without taking disk space
        channel.write(ByteBuffer.allocate(1), capacity - 1);
      }
      int size = (int) Math.min(Integer.MAX_VALUE, channel.size());
      return new Pack(file, size, channel.map(MapMode.READ_ONLY, 0, size));
    }
  }

  private static Path lockFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".lock");
  }

  Path file() {
    return file;
  }

  /** Bytes in use, as far as this process has looked. */
  int end() {
    return end;
  }

  /** Whether this process has touched the pack within the last hour. */
  boolean isUsed() {
    return touched != 0 && System.nanoTime() - touched < USED_NANOS;
  }

  boolean isOwned() {
    return writer != null;
  }

  /** Marks the pack as in use, which delays its removal. */
  void touch() {
    long now = System.nanoTime();
    if (touched == 0 || now - touched > TOUCH_NANOS) {
      touched = now;
      try {
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
      } catch (IOException e) {
        // removed by another process: the mapping lives on
        return;
      }
    }
  }

  /** Looks at what has been appended since the last time; gives keys and places. */
  void scan(BiConsumer<CacheKey, Integer> found) {
    while (capacity - end >= HEADER && map.getInt(end) == MAGIC) {
      int length = map.getInt(end + 4);
      if (length < 0 || length > capacity - end - HEADER) {
        return;
      }
      found.accept(new CacheKey(map.getLong(end + 8), map.getLong(end + 16)), end);
      end = next(end, length);
    }
  }

  private static int next(int at, int length) {
    return at + HEADER + ((length + 7) & ~7);
  }

  /** The content of a record, or null if it is not that key's or damaged. */
  ByteBuffer read(CacheKey key, int at) {
    if (map.getInt(at) != MAGIC
        || map.getLong(at + 8) != key.high()
        || map.getLong(at + 16) != key.low()) {
      return null;
    }
    int length = map.getInt(at + 4);
    if (length < 0 || length > capacity - at - HEADER) {
      return null;
    }
    ByteBuffer content = map.slice(at + HEADER, length);
    return checksum(key, length, content.duplicate()) == map.getInt(at + 24) ? content : null;
  }

  private static int checksum(CacheKey key, int length, ByteBuffer... parts) {
    CRC32C crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(20).putInt(length).putLong(key.high()).putLong(key.low()).flip());
    for (ByteBuffer part : parts) {
      crc.update(part);
    }
    return (int) crc.getValue();
  }

  /**
   * Becomes the one that appends, unless another process is.
   *
   * @param last place of the last record that was scanned, or -1; if it is damaged it is
   *     overwritten
   */
  boolean own(int last) throws IOException {
    if (isOwned()) {
      return true;
    }
    FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // held within this very process
    }
    if (lock == null) {
      channel.close();
      return false;
    }
    lockChannel = channel;
    writer = FileChannel.open(file, StandardOpenOption.WRITE);
    if (last >= 0) {
      CacheKey key = new CacheKey(map.getLong(last + 8), map.getLong(last + 16));
      if (read(key, last) == null) {
        end = last;
      }
    }
    return true;
  }

  boolean fits(int length) {
    return length <= capacity - HEADER && next(end, length) <= capacity && next(end, length) > 0;
  }

  /** Appends a record; the caller has asked whether it fits and owns the pack. */
  int append(CacheKey key, int length, ByteBuffer... parts) throws IOException {
    int at = end;
    ByteBuffer[] copies = new ByteBuffer[parts.length];
    for (int i = 0; i < parts.length; i++) {
      copies[i] = parts[i].duplicate();
    }
    int crc = checksum(key, length, copies);
    ByteBuffer record = ByteBuffer.allocate(next(at, length) - at);
    record
        .putInt(MAGIC)
        .putInt(length)
        .putLong(key.high())
        .putLong(key.low())
        .putInt(crc)
        .putInt(0);
    for (ByteBuffer part : parts) {
      record.put(part.duplicate());
    }
    record.clear();
    // the content before the header: whoever sees the header sees a whole record
    write(record.slice(HEADER, record.capacity() - HEADER), at + HEADER);
    write(record.slice(0, HEADER), at);
    end = next(at, length);
    return at;
  }

  private void write(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += writer.write(bytes, at);
    }
  }

  /** Deletes the files; false if another process appends to them. */
  boolean delete() throws IOException {
    if (!isOwned() && !own(-1)) {
      return false;
    }
    Files.deleteIfExists(file);
    close();
    Files.deleteIfExists(lockFile);
    return true;
  }

  /** Lets go of the lock. */
  void close() throws IOException {
    if (writer != null) {
      writer.close();
      lockChannel.close();
      writer = null;
    }
  }
}
