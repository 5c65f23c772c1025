/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the bodies of requests. Memory grows with what comes, not with what is announced, and all
 * bodies together have a limit; one that comes too slowly is given up.
 */
final class Bodies {

  private static final int PIECE = 64 << 10;

  private final long most;
  private final long mostTogether;
  private final long patienceNanos;
  private final AtomicLong held = new AtomicLong();

  /**
   * Sets limits.
   *
   * @param most bytes of one body
   * @param mostTogether bytes of all bodies that are in use
   */
  Bodies(long most, long mostTogether, long patienceSeconds) {
    this.most = most;
    this.mostTogether = Math.max(most, mostTogether);
    this.patienceNanos = TimeUnit.SECONDS.toNanos(patienceSeconds);
  }

  /** A body in use; closing it makes room for others. */
  final class Body implements AutoCloseable {
    private final List<byte[]> pieces = new ArrayList<>();
    private long size;

    private void add(byte[] piece) throws Problem {
      size += piece.length;
      if (held.addAndGet(piece.length) > mostTogether) {
        throw new Problem(429, "Too busy", "too many images are being received; try again")
            .with("Retry-After", "1")
            .with("Connection", "close");
      }
      if (size > most) {
        throw tooLarge();
      }
      pieces.add(piece);
    }

    /** The bytes, once. */
    byte[] bytes() {
      byte[] bytes = new byte[(int) size];
      int at = 0;
      for (byte[] piece : pieces) {
        System.arraycopy(piece, 0, bytes, at, piece.length);
        at += piece.length;
      }
      pieces.clear();
      return bytes;
    }

    @Override
    public void close() {
      held.addAndGet(-size);
    }
  }

  /**
   * Reads a body.
   *
   * @param announced the header Content-Length; may be missing
   */
  Body read(InputStream in, String announced) throws Problem {
    check(announced);
    Body body = new Body();
    try {
      long end = System.nanoTime() + patienceNanos;
      byte[] buffer = new byte[PIECE];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (n > 0) {
          body.add(Arrays.copyOf(buffer, n));
        }
        if (System.nanoTime() > end) {
          throw new Problem(408, "Too slow", "the body did not arrive in time")
              .with("Connection", "close");
        }
      }
      return body;
    } catch (IOException e) { // whoever sends may still read
      body.close();
      throw new Problem(400, "Incomplete body", "the body ended before it was whole")
          .with("Connection", "close");
    } catch (Problem | RuntimeException | Error e) {
      body.close();
      throw e;
    }
  }

  private void check(String announced) throws Problem {
    long length;
    try {
      length = Long.parseLong(announced);
    } catch (NumberFormatException e) {
      throw new Problem(400, "Malformed request", "Content-Length is not a number");
    }
    if (length > most) {
      throw tooLarge();
    }
  }

  private Problem tooLarge() {
    return new Problem(
            413, "Too large", "the body has more than %d bytes, the most here".formatted(most))
        .with("Connection", "close");
  }
}
