/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.io.AtomicFile;

/**
 * A cache in a folder that several processes share: one file per key, written beside its place and
 * moved there, so that a kill leaves it whole; one that a crash of the machine has damaged fails
 * its checksum and counts as missing.
 *
 * <p>When the limit is reached, the files that were used longest ago go, but none that was used
 * within the last hour: a data set larger than the limit is cached as far as it fits, rather than
 * pushing itself out.
 */
public final class DiskCache implements Cache {

  private static final Logger LOG = LoggerFactory.getLogger(DiskCache.class);

  /** The checksum. */
  private static final int HEAD = 4;

  private static final long USED_MILLIS = 3_600_000;
  private static final long FULL_NANOS = 600_000_000_000L;
  private static final String TEMPORARY = ".tmp";

  private final Path folder;
  private final long limit;
  private long total = -1;
  private long fullSince;
  private boolean broken;

  private record Entry(Path file, long size, long used) {}

  private DiskCache(Path folder, long limit) {
    this.folder = folder;
    this.limit = limit;
  }

  /**
   * Opens the cache in a folder.
   *
   * @param limit most bytes that its files may take
   * @return a cache that keeps nothing if the folder cannot be used or the limit is 0
   */
  public static Cache open(Path folder, long limit) {
    if (limit <= 0) {
      return OFF;
    }
    try {
      Files.createDirectories(folder);
      return new DiskCache(folder, limit);
    } catch (IOException e) {
      LOG.warn("images are not cached: {} cannot be used: {}", folder, AtomicFile.reason(e));
      return OFF;
    }
  }

  /** The first two digits name a folder, so that none has too many files. */
  private Path file(CacheKey key) {
    String name = String.format("%016x%016x", key.high(), key.low());
    return folder.resolve(name.substring(0, 2)).resolve(name.substring(2));
  }

  @Override
  public ByteBuffer find(CacheKey key) {
    Path file = file(key);
    try {
      ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
      if (content.remaining() < HEAD || content.getInt() != checksum(key, content)) {
        Files.deleteIfExists(file);
        return null;
      }
      touch(file);
      return content;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      LOG.debug("{} cannot be read", file, e);
      return null;
    }
  }

  /** Marks a file as used, which delays its removal. */
  private static void touch(Path file) throws IOException {
    long now = System.currentTimeMillis();
    if (now - Files.getLastModifiedTime(file).toMillis() > USED_MILLIS / 6) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(now));
    }
  }

  private static int checksum(CacheKey key, ByteBuffer content) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(16).putLong(key.high()).putLong(key.low()).flip());
    crc.update(content.duplicate());
    return (int) crc.getValue();
  }

  @Override
  public void store(CacheKey key, ByteBuffer... parts) {
    int length = HEAD;
    for (ByteBuffer part : parts) {
      length += part.remaining();
    }
    Path file = file(key);
    if (Files.exists(file) || !takeRoom(length)) {
      return;
    }
    ByteBuffer content = ByteBuffer.allocate(length).position(HEAD);
    for (ByteBuffer part : parts) {
      content.put(part.duplicate());
    }
    content.putInt(0, checksum(key, content.position(HEAD)));
    Path part = file.resolveSibling(UUID.randomUUID() + TEMPORARY);
    try {
      Files.createDirectories(file.getParent());
      Files.write(part, content.array());
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      giveUp(part, e);
    }
  }

  private synchronized void giveUp(Path part, IOException cause) {
    if (!broken) {
      broken = true;
      LOG.warn("images are no longer cached: {}: {}", folder, AtomicFile.reason(cause));
    }
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      LOG.debug("{} stays", part, e);
    }
  }

  /** Makes room for a file, if need be by removing others; counts it. */
  private synchronized boolean takeRoom(long length) {
    boolean full = fullSince != 0 && System.nanoTime() - fullSince < FULL_NANOS;
    if (broken || full || length > limit) {
      return false;
    }
    if (total < 0 || total + length > limit) {
      total = trim(length);
    }
    if (total + length > limit) {
      if (fullSince == 0) {
        LOG.info(
            "the image cache {} is full ({} MB); more images are decoded anew each time",
            folder,
            limit >> 20);
      }
      fullSince = System.nanoTime();
      return false;
    }
    total += length;
    return true;
  }

  /** Counts the files' bytes; removes the oldest until there is room, and what kills have left. */
  private long trim(long length) {
    List<Entry> entries = entries();
    long bytes = entries.stream().mapToLong(Entry::size).sum();
    long recent = System.currentTimeMillis() - USED_MILLIS;
    // some more than needed, so that the next file does not have to look again
    long wanted = bytes + length > limit ? limit - limit / 8 - length : limit;
    entries.sort(Comparator.comparingLong(Entry::used));
    for (Entry entry : entries) {
      boolean left = entry.file.toString().endsWith(TEMPORARY);
      if (entry.used < recent && (left || bytes > wanted) && entry.file.toFile().delete()) {
        bytes -= entry.size;
      }
    }
    return bytes;
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              long used = attributes.lastModifiedTime().toMillis();
              entries.add(new Entry(file, attributes.size(), used));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE; // removed by another process
            }
          });
    } catch (IOException e) {
      LOG.debug("the cache's folder cannot be listed", e);
    }
    return entries;
  }

  /** Nothing to do: every file is whole at any time. */
  @Override
  public void close() {}
}
