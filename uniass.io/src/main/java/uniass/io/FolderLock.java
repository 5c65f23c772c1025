/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;

/**
 * Locks a folder against a second run, of this process or another one. The operating system
 * releases the lock of a killed process.
 */
public final class FolderLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);
  private static final int POLL_MILLISECONDS = 50;

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Locks a folder that exists, or says which other run holds it. */
  public static FolderLock of(Path folder) {
    return of(folder.resolve(".lock"), folder.toString());
  }

  /**
   * Locks what a file stands for.
   *
   * @param file the lock's own file, in a folder that exists
   * @param what stands at the beginning of the message: {@code trial base_seed-1}
   * @throws InUseException naming the run that holds it
   */
  public static FolderLock of(Path file, String what) {
    return tryLock(file)
        .orElseThrow(
            () ->
                new InUseException(
                    what
                        + " is in use by another run"
                        + holder(file)
                        + "; wait until it has ended, or choose another --out"));
  }

  /** Locks a file for a moment's work; waits while another run holds it. */
  public static FolderLock await(Path file) {
    while (true) {
      Optional<FolderLock> lock = tryLock(file);
      if (lock.isPresent()) {
        return lock.get();
      }
      try {
        Thread.sleep(POLL_MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UniassException(file + ": interrupted while waiting for another run", e);
      }
    }
  }

  private static Optional<FolderLock> tryLock(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = null;
      try {
        lock = channel.tryLock();
        if (lock != null) {
          sign(channel);
          return Optional.of(new FolderLock(channel));
        }
      } catch (OverlappingFileLockException e) {
        LOG.debug("held by a run of this process: {}", file, e);
      } finally {
        if (lock == null) {
          close(channel);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be locked: " + AtomicFile.reason(e), e);
    }
  }

  /** Notes in the file who holds the lock, for whoever comes second. */
  private static void sign(FileChannel channel) {
    String text =
        "process %d on %s since %s%n"
            .formatted(
                ProcessHandle.current().pid(),
                host(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      LOG.debug("a lock was not signed", e); // a full disk: the lock holds all the same
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this machine";
    }
  }

  private static String holder(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() ? "" : " (" + text + ")";
    } catch (IOException e) {
      return ""; // Windows does not let a locked file be read
    }
  }

  @Override
  public void close() {
    // the file stays: deleting it would let a third run lock a new one beside the second's
    close(channel);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("a lock was not closed", e);
    }
  }
}
