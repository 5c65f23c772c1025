/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries that were cut, zeroed, changed, half unpacked, unpacked by several at once. */
class UnpackedLibrariesTest {

  private static final Map<String, byte[]> PACKED =
      Map.of("liba.so", content(1, 300_000), "libb.so", content(2, 4_000_000));

  @TempDir Path cache;
  private Path folder;

  private static byte[] content(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void unpack() throws IOException {
    folder = cache.resolve("pytorch/2.7.1");
    assertEquals(Optional.empty(), libraries().check(false, ""), "the first start is not a repair");
    assertWhole();
  }

  private UnpackedLibraries libraries() {
    return new UnpackedLibraries(
        folder, List.copyOf(PACKED.keySet()), name -> new ByteArrayInputStream(PACKED.get(name)));
  }

  private static UnpackedLibraries unreadable(Path folder) {
    return new UnpackedLibraries(
        folder,
        List.copyOf(PACKED.keySet()),
        name -> {
          throw new IOException("not to be read");
        });
  }

  private void assertWhole() throws IOException {
    for (Map.Entry<String, byte[]> library : PACKED.entrySet()) {
      assertArrayEquals(library.getValue(), Files.readAllBytes(folder.resolve(library.getKey())));
    }
    assertEquals(Set.of("liba.so", "libb.so"), names(folder));
    assertEquals(Set.of("2.7.1", "2.7.1.lock", "2.7.1.manifest"), names(folder.getParent()));
    assertEquals(Optional.empty(), unreadable(folder).check(true, ""));
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void whatIsWholeIsNotUnpackedAgain() throws IOException {
    FileTime before = Files.getLastModifiedTime(folder.resolve("libb.so"));
    assertEquals(Optional.empty(), unreadable(folder).check(false, ""));
    assertEquals(before, Files.getLastModifiedTime(folder.resolve("libb.so")));
  }

  @Test
  void aCutLibraryIsRepaired() throws IOException {
    for (String name : PACKED.keySet()) {
      try (var channel = Files.newByteChannel(folder.resolve(name), StandardOpenOption.WRITE)) {
        channel.truncate(1000);
      }
      assertEquals(
          name + " has 1000 bytes instead of " + PACKED.get(name).length,
          libraries().check(false, "").orElseThrow());
      assertWhole();
    }
  }

  @Test
  void aMissingLibraryIsRepaired() throws IOException {
    Files.delete(folder.resolve("liba.so"));
    assertEquals("liba.so is missing", libraries().check(false, "").orElseThrow());
    assertWhole();
  }

  @Test
  void aZeroedLibraryIsRepaired() throws IOException {
    for (String name : PACKED.keySet()) {
      Files.write(folder.resolve(name), new byte[PACKED.get(name).length]);
      assertEquals(name + " has the wrong checksum", libraries().check(false, "").orElseThrow());
      assertWhole();
    }
  }

  /** Its time gives a change away; without a new time only a thorough check finds it. */
  @Test
  void aFlippedByteIsFoundByItsTimeOrByAThoroughCheck() throws IOException {
    for (String name : PACKED.keySet()) {
      Path library = folder.resolve(name);
      FileTime time = Files.getLastModifiedTime(library);
      byte[] bytes = PACKED.get(name).clone();
      bytes[bytes.length / 2] ^= 1;
      Files.write(library, bytes);
      Files.setLastModifiedTime(library, time);
      assertEquals(
          Optional.empty(), libraries().check(false, ""), "the quick check looks at times");
      assertEquals(name + " has the wrong checksum", libraries().check(true, "").orElseThrow());
      assertWhole();
      Files.write(library, bytes);
      Files.setLastModifiedTime(library, FileTime.fromMillis(time.toMillis() + 1));
      assertEquals(name + " has the wrong checksum", libraries().check(false, "").orElseThrow());
      assertWhole();
    }
  }

  /** A power failure leaves no new time behind; the first start after it looks at all bytes. */
  @Test
  void aFlippedByteIsFoundByTheFirstStartSinceTheMachineWasStarted() throws IOException {
    for (String name : PACKED.keySet()) {
      assertEquals(Optional.empty(), unreadable(folder).check(false, "boot 1"));
      Path library = folder.resolve(name);
      FileTime time = Files.getLastModifiedTime(library);
      byte[] bytes = PACKED.get(name).clone();
      bytes[bytes.length / 3] ^= 0x40;
      Files.write(library, bytes);
      Files.setLastModifiedTime(library, time);
      assertEquals(Optional.empty(), libraries().check(false, "boot 1"), "compared in this boot");
      assertEquals(
          name + " has the wrong checksum", libraries().check(false, "boot 2").orElseThrow());
      assertWhole();
      assertEquals(Optional.empty(), unreadable(folder).check(false, "boot 2"));
    }
  }

  @Test
  void aDamagedManifestIsMadeAgain() throws IOException {
    Path manifest = cache.resolve("pytorch/2.7.1.manifest");
    String whole = Files.readString(manifest);
    for (String damaged : List.of("", whole.substring(0, whole.length() / 2), "\0".repeat(200))) {
      Files.writeString(manifest, damaged);
      assertEquals("the manifest is incomplete", libraries().check(false, "").orElseThrow());
      assertWhole();
    }
  }

  @Test
  void aCopyOfGoodLibrariesIsAccepted() throws IOException {
    for (String name : PACKED.keySet()) {
      Files.setLastModifiedTime(folder.resolve(name), FileTime.fromMillis(12345));
    }
    assertEquals(Optional.empty(), unreadable(folder).check(false, ""));
    assertTrue(Files.readString(cache.resolve("pytorch/2.7.1.manifest")).contains(" 12345 "));
  }

  @Test
  void aFullDiskLeavesNothingHalfDone() throws IOException {
    Path other = cache.resolve("other/2.7.1");
    UnpackedLibraries failing =
        new UnpackedLibraries(
            other,
            List.of("liba.so", "libb.so"),
            name -> {
              if (name.equals("libb.so")) {
                throw new IOException("No space left on device");
              }
              return new ByteArrayInputStream(PACKED.get(name));
            });
    assertEquals(
        "No space left on device",
        assertThrows(IOException.class, () -> failing.check(false, "")).getMessage());
    assertEquals(Set.of("2.7.1.lock"), names(other.getParent()));
  }

  /** Unpacks slowly, in a process of its own, so that it can be killed in the middle of it. */
  public static final class Slow {
    /** The folder; milliseconds to wait before each library. */
    public static void main(String[] arguments) throws Exception {
      UnpackedLibraries libraries =
          new UnpackedLibraries(
              Path.of(arguments[0]),
              List.of("liba.so", "libb.so"),
              name -> {
                System.out.println(name);
                return slow(name, Long.parseLong(arguments[1]));
              });
      System.out.println("repaired: " + libraries.check(false, ""));
    }

    private static InputStream slow(String name, long milliseconds) {
      return new ByteArrayInputStream(PACKED.get(name)) {
        @Override
        public int read(byte[] bytes, int offset, int length) {
          try {
            Thread.sleep(milliseconds);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return super.read(bytes, offset, length);
        }
      };
    }
  }

  private Process slow(Path target, int milliseconds) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Slow.class.getName(),
            target.toString(),
            String.valueOf(milliseconds))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void whatAKilledStartLeftIsRemoved() throws Exception {
    Path target = cache.resolve("killed/2.7.1");
    Process process = slow(target, 100_000);
    assertEquals("liba.so", process.inputReader().readLine());
    process.destroyForcibly().waitFor();
    assertTrue(Files.exists(target.resolveSibling("2.7.1.unpacking")));
    assertFalse(Files.exists(target));
    folder = target;
    assertEquals(Optional.empty(), libraries().check(false, ""));
    assertWhole();
  }

  @Test
  void ofFourFirstStartsOneUnpacks() throws Exception {
    Path target = cache.resolve("four/2.7.1");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(slow(target, 200));
    }
    List<String> lines = new ArrayList<>();
    for (Process process : processes) {
      lines.addAll(process.inputReader().lines().toList());
      assertEquals(0, process.waitFor());
    }
    assertEquals(1, lines.stream().filter("liba.so"::equals).count(), lines.toString());
    assertEquals(4, lines.stream().filter("repaired: Optional.empty"::equals).count());
    folder = target;
    assertWhole();
  }

  @Test
  void foldersComeFromTheHomeOrTheTemporaryFolder() throws IOException {
    Path home = Files.createDirectory(cache.resolve("home"));
    Path temporary = Files.createDirectory(cache.resolve("temporary"));
    assertEquals(home.resolve(".cache/uniass/images"), folders(null, home.toString(), temporary));
    assertEquals(cache.resolve("xdg/uniass/images"), folders(cache + "/xdg", "?", temporary));
    assertEquals(temporary.resolve("uniass-me/images"), folders(null, "?", temporary));
    assertEquals(temporary.resolve("uniass-me/images"), folders(null, "/proc/x", temporary));
    assertEquals(temporary.resolve("uniass-me/images"), folders("/proc/nobody", null, temporary));
    assertFalse(new File("?").exists());
  }

  private static Path folders(String xdg, String home, Path temporary) {
    return new CacheFolders(xdg, home, null, temporary, "me").folder("images", "UNIASS_IMAGES");
  }
}
