package uniass.datasets.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.io.AtomicFile;

/**
 * A cache in a folder of {@link Pack}s. Processes read each other's packs and append to their own.
 * When the limit is reached, the packs that were used longest ago go, but none that this process
 * uses: a data set larger than the limit is cached as far as it fits, rather than pushing itself
 * out.
 */
public final class DiskCache implements Cache {

  private static final Logger LOG = LoggerFactory.getLogger(DiskCache.class);
  private static final String SUFFIX = ".pack";
  private static final int LARGEST_PACK = 256 << 20;
  private static final long RESCAN_NANOS = 2_000_000_000L;
  private static final long FULL_NANOS = 600_000_000_000L;

  private final Path folder;
  private final long limit;
  private final int packSize;
  private final Places index = new Places();
  private final List<Pack> numbered = new ArrayList<>();
  private final Map<Path, Pack> packs = new HashMap<>();
  private final Map<Pack, Integer> last = new HashMap<>();
  private Pack own;
  private boolean broken;
  private long fullSince;
  private long scanned;

  private DiskCache(Path folder, long limit) {
    this.folder = folder;
    this.limit = limit;
    this.packSize = (int) Math.max(Pack.HEADER, Math.min(LARGEST_PACK, limit / 4));
  }

  /**
   * Opens the cache in a folder.
   *
   * @param limit most bytes that its records may take
   * @return a cache that keeps nothing if the folder cannot be used or the limit is 0
   */
  public static Cache open(Path folder, long limit) {
    if (limit <= 0) {
      return OFF;
    }
    try {
      Files.createDirectories(folder);
      DiskCache cache = new DiskCache(folder, limit);
      cache.scan();
      return cache;
    } catch (IOException e) {
      LOG.warn("images are not cached: {} cannot be used: {}", folder, AtomicFile.reason(e));
      return OFF;
    }
  }

  @Override
  public ByteBuffer find(CacheKey key) {
    long place;
    Pack pack;
    synchronized (this) {
      place = place(key);
      if (place == 0) {
        return null;
      }
      pack = numbered.get(Places.pack(place));
      pack.touch();
    }
    ByteBuffer content = pack.read(key, Places.at(place));
    if (content == null) {
      synchronized (this) {
        index.remove(key, place);
      }
    }
    return content;
  }

  private long place(CacheKey key) {
    long place = index.find(key);
    if (place == 0 && System.nanoTime() - scanned > RESCAN_NANOS) {
      try {
        scan();
      } catch (IOException e) {
        LOG.debug("the cache's folder cannot be listed", e);
      }
      place = index.find(key);
    }
    return place;
  }

  @Override
  public synchronized void store(CacheKey key, ByteBuffer... parts) {
    int length = 0;
    for (ByteBuffer part : parts) {
      length += part.remaining();
    }
    if (broken || isFull() || index.find(key) != 0 || length > packSize - Pack.HEADER) {
      return;
    }
    try {
      if (room(length)) {
        int at = own.append(key, length, parts);
        own.touch();
        note(own, key, at);
      }
    } catch (ClosedByInterruptException e) {
      letGo();
    } catch (IOException e) {
      broken = true;
      LOG.warn("images are no longer cached: {}: {}", folder, e.toString());
    }
  }

  private boolean isFull() {
    return fullSince != 0 && System.nanoTime() - fullSince < FULL_NANOS;
  }

  /** The thread was told to stop while it wrote, which has closed the file. */
  private void letGo() {
    try {
      own.close();
    } catch (IOException e) {
      LOG.debug("while closing {}", own.file(), e);
    }
    own = null;
  }

  private void note(Pack pack, CacheKey key, int at) {
    index.put(key, numbered.indexOf(pack), at);
    last.put(pack, at);
  }

  /** Finds or makes a pack of our own with room in it. */
  private boolean room(int length) throws IOException {
    if (own != null && own.fits(length) && total() + length <= limit) {
      return true;
    }
    if (own != null && !own.fits(length)) {
      own.close();
      own = null;
    }
    scan();
    while (total() + length > limit) {
      if (!removeOldest()) {
        if (fullSince == 0) {
          LOG.info(
              "the image cache {} is full ({} MB); more images are decoded anew each time",
              folder,
              limit >> 20);
        }
        fullSince = System.nanoTime();
        return false;
      }
    }
    for (Pack pack : packs.values()) {
      if (own == null && pack.fits(length) && pack.own(last.getOrDefault(pack, -1))) {
        own = pack;
      }
    }
    if (own == null) {
      Pack pack = Pack.open(folder.resolve(UUID.randomUUID() + SUFFIX), packSize);
      add(pack);
      own = pack.own(-1) ? pack : null;
    }
    return own != null;
  }

  private void add(Pack pack) {
    packs.put(pack.file(), pack);
    numbered.add(pack);
  }

  private long total() {
    return packs.values().stream().mapToLong(Pack::end).sum();
  }

  /** Looks for new packs and new records; forgets removed packs. */
  private void scan() throws IOException {
    scanned = System.nanoTime();
    List<Path> there = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      files.forEach(there::add);
    }
    for (Path file : there) {
      if (!packs.containsKey(file)) {
        add(Pack.open(file, packSize));
      }
    }
    for (Pack gone : packs.values().stream().filter(p -> !there.contains(p.file())).toList()) {
      forget(gone);
    }
    packs.values().forEach(pack -> pack.scan((key, at) -> note(pack, key, at)));
  }

  private boolean removeOldest() throws IOException {
    List<Pack> unused =
        packs.values().stream()
            .filter(pack -> !pack.isUsed() && pack != own)
            .sorted(Comparator.comparing(pack -> modified(pack.file())))
            .toList();
    for (Pack pack : unused) {
      if (pack.delete()) {
        forget(pack);
        return true;
      }
    }
    return false;
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private void forget(Pack pack) throws IOException {
    pack.close();
    packs.remove(pack.file());
    last.remove(pack);
    int number = numbered.indexOf(pack);
    index.removePack(number);
    numbered.set(number, null);
    if (own == pack) {
      own = null;
    }
  }

  @Override
  public synchronized void close() {
    broken = true;
    for (Pack pack : packs.values()) {
      try {
        pack.close();
      } catch (IOException e) {
        LOG.debug("while closing {}", pack.file(), e);
      }
    }
  }
}
