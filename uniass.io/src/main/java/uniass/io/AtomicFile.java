/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import uniass.api.UniassException;

/**
 * Writes files completely or not at all: into a temporary file in the same folder, which is then
 * renamed. Whatever goes wrong, an older file stays whole and nothing is left behind. A symbolic
 * link stays one: the file that it points to is replaced. A device or a pipe is written to
 * directly.
 *
 * <pre>{@code
 * AtomicFile.write(folder.resolve("metrics.csv"), csv.getBytes(UTF_8));
 * }</pre>
 */
public final class AtomicFile {

  private AtomicFile() {}

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it. */
    void write(FileChannel channel) throws IOException;
  }

  /** Creates a new file; a test injects disks that fail. */
  @FunctionalInterface
  interface Opener {
    FileChannel create(Path file) throws IOException;
  }

  /**
   * Writes a file and has it on the disk before it gets its name.
   *
   * @throws UniassException naming the file and what is wrong
   */
  public static void write(Path file, byte[] bytes) {
    writeSynced(
        file,
        channel -> {
          ByteBuffer buffer = ByteBuffer.wrap(bytes);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }

  /**
   * Writes a file and has it on the disk before it gets its name.
   *
   * @throws UniassException naming the file and what is wrong
   */
  public static void writeSynced(Path file, Content content) {
    write(file, content, true, AtomicFile::create);
  }

  /**
   * Writes a file without waiting for the disk: one of many that can be made again.
   *
   * @throws UniassException naming the file and what is wrong
   */
  public static void write(Path file, Content content) {
    write(file, content, false, AtomicFile::create);
  }

  static void write(Path file, Content content, boolean synced, Opener opener) {
    boolean existed = Files.isRegularFile(file);
    try {
      Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
      if (existed || Files.isDirectory(target) || !Files.exists(target)) {
        replace(target, content, synced, opener);
      } else {
        writeInPlace(target, content);
      }
    } catch (IOException e) {
      throw new UniassException(
          file
              + ": cannot be written: "
              + reason(e)
              + (existed ? "; the file of that name is as it was" : ""),
          e);
    }
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static void replace(Path target, Content content, boolean synced, Opener opener)
      throws IOException {
    Path temporary =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel = opener.create(temporary)) {
        content.write(channel);
        if (synced) {
          channel.force(true);
        }
      }
      move(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
    if (synced) {
      syncFolder(target.getParent());
    }
  }

  private static void writeInPlace(Path target, Content content) throws IOException {
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
      content.write(channel);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Makes the new name last through a power failure, where the platform can sync a folder. */
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot open folders; the content itself is safe already.
    }
  }

  /** What went wrong, in words. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : String.valueOf(e.getMessage());
  }
}
