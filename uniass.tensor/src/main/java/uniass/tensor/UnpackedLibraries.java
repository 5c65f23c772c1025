/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Native libraries in a folder: unpacked once, checked before each load, unpacked again if they are
 * damaged. A library that was cut or zeroed ends the Java machine when it is loaded, so nothing is
 * loaded unchecked.
 *
 * <p>Beside the folder lies a manifest with each file's size, time and checksum. It is written
 * last, when all files are on the disk. Each start compares sizes and times; checksums are compared
 * when a time differs, when that is asked for, and by the first start after the machine itself was
 * started: a power failure or a bad disk changes bytes without a new time, and the files have to be
 * read from the disk then anyway. Checksums find damage, not forgery.
 *
 * <p>Of several processes that find the folder missing or damaged, one unpacks while the others
 * wait. Libraries that another process has loaded stay valid for it: the old folder loses its name,
 * not its content, until that process ends.
 */
final class UnpackedLibraries {

  private static final String COMPLETE = "complete";
  private static final String BOOT = "# checksums compared in boot ";
  private static final int BUFFER = 1 << 20;

  /** Opens a packed library by its file name. */
  @FunctionalInterface
  interface Packed {
    InputStream open(String name) throws IOException;
  }

  private record Entry(long size, long time, String checksum) {}

  private enum State {
    GOOD,
    /** Good, but with other times than the manifest has: a copy. */
    MOVED,
    DAMAGED
  }

  private final Path folder;
  private final List<String> names;
  private final Packed packed;
  private final Path manifest;
  private String fault = "";

  /**
   * Libraries of a folder.
   *
   * @param folder where they belong; nothing else lies in it
   * @param names their file names
   * @param packed where they come from
   */
  UnpackedLibraries(Path folder, List<String> names, Packed packed) {
    this.folder = folder.toAbsolutePath();
    this.names = names;
    this.packed = packed;
    this.manifest = sibling(".manifest");
  }

  /**
   * Checks the libraries, and unpacks them if need be.
   *
   * @param thorough also compare checksums
   * @param boot names the time since the machine was started, to compare them once in it; empty if
   *     it is not known
   * @return what was damaged and is repaired now; empty if nothing was, or at the first start
   * @throws IOException if they cannot be unpacked; then nothing half-done is left
   */
  Optional<String> check(boolean thorough, String boot) throws IOException {
    boolean writable = Files.isWritable(folder.getParent());
    boolean first = writable && !boot.isEmpty() && !checkedIn(boot);
    State state = state(thorough || first);
    if (state == State.GOOD && !first || state == State.MOVED && !writable) {
      return Optional.empty();
    }
    Files.createDirectories(folder.getParent());
    try (FileChannel channel =
            FileChannel.open(
                sibling(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      // another process may have been faster
      state = state(state == State.DAMAGED && (thorough || first));
      if (state != State.DAMAGED) {
        writeManifest(readManifest(), boot);
        return Optional.empty();
      }
      boolean fresh = Files.notExists(manifest);
      unpack(boot);
      return fresh ? Optional.empty() : Optional.of(fault);
    }
  }

  private boolean checkedIn(String boot) throws IOException {
    return Files.exists(manifest)
        && Files.readString(manifest, StandardCharsets.ISO_8859_1)
            .lines()
            .anyMatch((BOOT + boot)::equals);
  }

  private Path sibling(String ending) {
    return folder.resolveSibling(folder.getFileName() + ending);
  }

  // ---- check ----

  private State state(boolean thorough) throws IOException {
    Map<String, Entry> entries = readManifest();
    if (!entries.keySet().containsAll(names)) {
      return damaged("the manifest is incomplete");
    }
    State state = State.GOOD;
    for (Map.Entry<String, Entry> expected : entries.entrySet()) {
      String name = expected.getKey();
      Entry entry = expected.getValue();
      BasicFileAttributes found;
      try {
        found = Files.readAttributes(folder.resolve(name), BasicFileAttributes.class);
      } catch (NoSuchFileException e) {
        return damaged(name + " is missing");
      }
      if (found.size() != entry.size()) {
        return damaged(name + " has " + found.size() + " bytes instead of " + entry.size());
      }
      boolean moved = found.lastModifiedTime().toMillis() != entry.time();
      if ((thorough || moved) && !checksum(folder.resolve(name)).equals(entry.checksum())) {
        return damaged(name + " has the wrong checksum");
      }
      state = moved ? State.MOVED : state;
    }
    return state;
  }

  private State damaged(String what) {
    fault = what;
    return State.DAMAGED;
  }

  private Map<String, Entry> readManifest() throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<String> lines;
    try {
      lines = Files.readString(manifest, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (NoSuchFileException e) {
      return Map.of();
    }
    for (String line : lines) {
      String[] words = line.split(" ", 4);
      if (words.length == 4 && words[0].matches("\\d{1,18}") && words[1].matches("-?\\d{1,18}")) {
        entries.put(
            words[3], new Entry(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]));
      } else if (line.equals(COMPLETE)) {
        return entries;
      }
    }
    return Map.of(); // cut off
  }

  private static String checksum(Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
      while (channel.read(buffer) >= 0) {
        checksum.update(buffer.flip());
        buffer.clear();
      }
    }
    return Long.toHexString(checksum.getValue());
  }

  // ---- unpack; only one process does at a time ----

  private void unpack(String boot) throws IOException {
    Path fresh = sibling(".unpacking");
    Path old = sibling(".old");
    delete(fresh); // what a killed start left
    delete(old);
    Files.deleteIfExists(manifest);
    Map<String, Entry> entries = new LinkedHashMap<>();
    try {
      Files.createDirectory(fresh);
      for (String name : names) {
        String checksum = unpack(name, fresh.resolve(name));
        BasicFileAttributes made =
            Files.readAttributes(fresh.resolve(name), BasicFileAttributes.class);
        entries.put(name, new Entry(made.size(), made.lastModifiedTime().toMillis(), checksum));
      }
      sync(fresh);
      if (Files.exists(folder)) {
        Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      delete(fresh);
      throw e;
    }
    sync(folder.getParent());
    writeManifest(entries, boot);
    delete(old);
  }

  private String unpack(String name, Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    try (InputStream in = packed.open(name);
        FileChannel out =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      if (in == null) {
        throw new NoSuchFileException(name, null, "the bundle does not hold it");
      }
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        checksum.update(buffer, 0, n);
        ByteBuffer piece = ByteBuffer.wrap(buffer, 0, n);
        while (piece.hasRemaining()) {
          out.write(piece);
        }
      }
      out.force(true);
    }
    return Long.toHexString(checksum.getValue());
  }

  private void writeManifest(Map<String, Entry> entries, String boot) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# size, time in milliseconds, CRC-32C, name");
    lines.add(BOOT + boot);
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      Path file = folder.resolve(entry.getKey());
      lines.add(
          entry.getValue().size()
              + " "
              + Files.getLastModifiedTime(file).toMillis()
              + " "
              + entry.getValue().checksum()
              + " "
              + entry.getKey());
    }
    lines.add(COMPLETE);
    Path fresh = sibling(".manifest.new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes =
          ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, manifest, StandardCopyOption.ATOMIC_MOVE);
    sync(folder.getParent());
  }

  /** Makes names last through a power failure, if the platform can sync a folder. */
  private static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot open folders; the files themselves are on the disk.
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
