package uniass.datasets.images;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import uniass.datasets.cache.Cache;
import uniass.datasets.cache.CacheKey;
import uniass.datasets.pixels.ImageDecoder;

/**
 * Tells what is in a file without reading it, where that is known: the cache keeps the hash of its
 * bytes under its path, length, time of change and inode. As in Git, a file that changed less than
 * two seconds before it was read is read again next time, since a second change could go unnoticed.
 */
final class FileContents {

  private static final long RACY_MILLIS = 2000;

  private final ImageDecoder decoder;
  private final Cache cache;

  FileContents(ImageDecoder decoder, Cache cache) {
    this.decoder = decoder;
    this.cache = cache;
  }

  /**
   * A file's content.
   *
   * @param key hash of its bytes; without a cache, of where and when it is
   * @param bytes the bytes if they had to be read, else null
   */
  record Content(CacheKey key, byte[] bytes) {}

  /** Finds the hash; errors name the file. */
  Content of(Path file, String name, long maximumPixels) {
    BasicFileAttributes attributes = attributes(file);
    CacheKey place = attributes == null ? null : place(file, attributes);
    if (cache == Cache.OFF) {
      return new Content(place == null ? CacheKey.of(file.toString()) : place, null);
    }
    ByteBuffer known = place == null ? null : cache.find(place);
    if (known != null && known.remaining() == 16) {
      return new Content(new CacheKey(known.getLong(), known.getLong()), null);
    }
    long now = System.currentTimeMillis();
    byte[] bytes = decoder.read(file, name, maximumPixels);
    CacheKey key = CacheKey.of(bytes);
    if (place != null
        && attributes.size() == bytes.length
        && now - attributes.lastModifiedTime().toMillis() > RACY_MILLIS) {
      cache.store(place, ByteBuffer.allocate(16).putLong(key.high()).putLong(key.low()).flip());
    }
    return new Content(key, bytes);
  }

  private static BasicFileAttributes attributes(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (IOException e) {
      return null; // reading will say what is wrong
    }
  }

  private static CacheKey place(Path file, BasicFileAttributes attributes) {
    return CacheKey.of(
        String.join(
            "\n",
            "file",
            file.toAbsolutePath().toString(),
            Long.toString(attributes.size()),
            Long.toString(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)),
            String.valueOf(attributes.fileKey())));
  }
}
