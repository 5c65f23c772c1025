/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;

/**
 * Locks a folder against a second run, of this process or another one. The operating system
 * releases the lock of a killed process.
 */
public final class FolderLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Locks a folder that exists, or says that another run holds it. */
  public static FolderLock of(Path folder) {
    Path file = folder.resolve(".lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = null;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException e) {
        LOG.debug("held by a run of this process: {}", file, e);
      } finally {
        if (lock == null) {
          close(channel);
        }
      }
      if (lock != null) {
        return new FolderLock(channel);
      }
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be locked: " + AtomicFile.reason(e), e);
    }
    throw new UniassException(
        folder + " is in use by another run; wait until it has ended, or choose another --out");
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
