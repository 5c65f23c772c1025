/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import uniass.datasets.cache.CacheKey;

/**
 * Which file this is, and in which state, without reading it: its path, length, time of change and
 * inode. As in Git, a file that changed less than two seconds ago is not settled: a second change
 * could go unnoticed.
 *
 * @param key of path and state; of the path alone if the file cannot be looked at
 * @param settled whether what is made of the file may be kept under the key
 */
record FileState(CacheKey key, boolean settled) {

  private static final long RACY_MILLIS = 2000;

  static FileState of(Path file) {
    String path = file.toAbsolutePath().toString();
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      long changed = now.lastModifiedTime().to(TimeUnit.NANOSECONDS);
      long age = System.currentTimeMillis() - now.lastModifiedTime().toMillis();
      String state = String.join("\n", path, "" + now.size(), "" + changed, "" + now.fileKey());
      return new FileState(CacheKey.of(state), age > RACY_MILLIS);
    } catch (IOException e) {
      return new FileState(CacheKey.of(path), false); // reading will say what is wrong
    }
  }
}
