/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCacheTest {

  private static final long LIMIT = 4 << 20;

  @TempDir Path folder;

  private static CacheKey key(int i) {
    return CacheKey.of("entry " + i);
  }

  /** Content that its number determines. */
  private static byte[] content(int i) {
    byte[] bytes = new byte[1000 + i % 777];
    new Random(i).nextBytes(bytes);
    return bytes;
  }

  private static void store(Cache cache, int i) {
    byte[] bytes = content(i);
    cache.store(key(i), ByteBuffer.wrap(bytes, 0, 8), ByteBuffer.wrap(bytes, 8, bytes.length - 8));
  }

  private static boolean has(Cache cache, int i) {
    ByteBuffer found = cache.find(key(i));
    if (found != null) {
      assertEquals(ByteBuffer.wrap(content(i)), found);
    }
    return found != null;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private Path file(int i) throws IOException {
    String name = String.format("%016x%016x", key(i).high(), key(i).low());
    return folder.resolve(name.substring(0, 2)).resolve(name.substring(2));
  }

  @Test
  void whatIsStoredIsFoundAgainAlsoByALaterProcess() throws IOException {
    try (Cache cache = DiskCache.open(folder, LIMIT)) {
      for (int i = 0; i < 50; i++) {
        store(cache, i);
        assertTrue(has(cache, i));
      }
      assertNull(cache.find(key(99)));
    }
    try (Cache later = DiskCache.open(folder, LIMIT)) {
      for (int i = 0; i < 50; i++) {
        assertTrue(has(later, i), "entry " + i);
      }
      store(later, 50);
      store(later, 50);
      assertEquals(51, files().size(), "one file per entry");
    }
  }

  @Test
  void twoOpenCachesSeeEachOther() throws Exception {
    try (Cache first = DiskCache.open(folder, LIMIT);
        Cache second = DiskCache.open(folder, LIMIT)) {
      store(first, 1);
      store(second, 2);
      store(first, 3);
      assertTrue(has(first, 2));
      assertTrue(has(second, 1));
      assertTrue(has(second, 3));
    }
  }

  @Test
  void theLimitIsKeptAndTheOldestGo() throws IOException {
    try (Cache cache = DiskCache.open(folder, LIMIT)) {
      for (int i = 0; i < 5000; i++) {
        store(cache, i);
      }
      assertTrue(has(cache, 0), "what this process uses is not pushed out by itself");
      assertNull(cache.find(key(4999)));
    }
    long used = 0;
    for (Path file : files()) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(0));
      used += Files.size(file);
    }
    assertTrue(used <= LIMIT, used + " bytes");
    assertTrue(used > LIMIT / 2, used + " bytes");
    Files.setLastModifiedTime(file(0), FileTime.fromMillis(System.currentTimeMillis()));
    try (Cache later = DiskCache.open(folder, LIMIT)) {
      store(later, 6000);
      assertTrue(has(later, 6000), "a process makes room by removing old files");
      assertTrue(has(later, 0), "what was used within the hour stays");
    }
  }

  @Test
  void aDamagedRecordIsNotThere() throws IOException {
    try (Cache cache = DiskCache.open(folder, LIMIT)) {
      store(cache, 1);
      store(cache, 2);
    }
    byte[] bytes = Files.readAllBytes(file(1));
    bytes[100] ^= 1;
    Files.write(file(1), bytes);
    try (Cache cache = DiskCache.open(folder, LIMIT)) {
      assertNull(cache.find(key(1)));
      assertTrue(has(cache, 2));
      store(cache, 1);
      assertTrue(has(cache, 1), "it can be stored anew");
    }
  }

  @Test
  void anEntryCutOffOrOfAnotherKeyIsNotThereAndIsStoredAnew() throws IOException {
    try (Cache cache = DiskCache.open(folder, LIMIT)) {
      store(cache, 1);
      store(cache, 2);
      store(cache, 3);
    }
    Files.write(file(1), Arrays.copyOf(Files.readAllBytes(file(1)), 500));
    Files.write(file(2), new byte[0]);
    Files.copy(file(3), folder.resolve("copy"));
    Files.createDirectories(file(4).getParent());
    Files.move(folder.resolve("copy"), file(4));
    try (Cache cache = DiskCache.open(folder, LIMIT)) {
      for (int i : new int[] {1, 2, 4}) {
        assertNull(cache.find(key(i)));
        store(cache, i);
        assertTrue(has(cache, i));
      }
      assertTrue(has(cache, 3));
    }
  }

  @Test
  void whatAKillLeftGoesWhenItIsOld() throws IOException {
    Path left = folder.resolve("ab/left.tmp");
    Files.createDirectories(left.getParent());
    Files.write(left, new byte[9]);
    Path young = folder.resolve("ab/young.tmp");
    Files.write(young, new byte[9]);
    Files.setLastModifiedTime(left, FileTime.fromMillis(0));
    try (Cache cache = DiskCache.open(folder, LIMIT)) {
      store(cache, 1);
    }
    assertFalse(Files.exists(left));
    assertTrue(Files.exists(young), "another process may be writing it");
  }

  @Test
  void garbageAndAnUnusableFolderDoNoHarm() throws IOException {
    Files.write(folder.resolve("x.pack"), content(7));
    Files.createDirectories(folder.resolve("zz/folder"));
    try (Cache cache = DiskCache.open(folder, LIMIT)) {
      store(cache, 1);
      assertTrue(has(cache, 1));
    }
    Path file = folder.resolve("file");
    Files.write(file, new byte[1]);
    assertSame(Cache.OFF, DiskCache.open(file.resolve("below"), LIMIT));
    assertSame(Cache.OFF, DiskCache.open(folder, 0));
  }

  /** A program that stores without end, to be killed. */
  static final class Writer {
    public static void main(String[] arguments) throws IOException {
      Cache cache = DiskCache.open(Path.of(arguments[0]), Long.parseLong(arguments[1]));
      System.out.println("ready");
      System.in.read();
      int first = Integer.parseInt(arguments[2]);
      for (int i = first; ; i++) {
        store(cache, i);
        if (i == first + 100) {
          System.out.println("well on the way");
        }
      }
    }
  }

  @Test
  void killedProcessesLeaveAWholeCache() throws Exception {
    long limit = 256 << 20;
    for (int round = 0; round < 3; round++) {
      List<Process> writers = new ArrayList<>();
      for (int w = 0; w < 2; w++) {
        Process writer =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Writer.class.getName(),
                    folder.toString(),
                    Long.toString(limit),
                    Integer.toString(1_000_000 * w + 20_000 * round))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        writer.inputReader().readLine();
        writers.add(writer);
      }
      for (Process writer : writers) {
        writer.getOutputStream().write('\n');
        writer.getOutputStream().flush();
      }
      for (Process writer : writers) {
        writer.inputReader().readLine();
      }
      Thread.sleep(round * 20);
      for (Process writer : writers) {
        writer.destroyForcibly();
        assertTrue(writer.waitFor(20, TimeUnit.SECONDS));
      }
    }
    try (Cache cache = DiskCache.open(folder, limit)) {
      assertTrue(files().stream().filter(f -> f.toString().endsWith(".tmp")).count() <= 6);
      int found = 0;
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 2000; i++) {
          found += has(cache, 20_000 * round + i) ? 1 : 0;
          found += has(cache, 1_000_000 + 20_000 * round + i) ? 1 : 0;
        }
      }
      assertTrue(found >= 600, found + " of at least 600 entries");
      store(cache, -1);
      assertNotNull(cache.find(key(-1)));
    }
  }
}
