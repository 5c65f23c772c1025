/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the bodies of requests. Memory grows with what comes, not with what is announced, and all
 * bodies together have a limit; one that comes too slowly is given up.
 */
final class Bodies {

  private static final int FIRST_PIECE = 256;
  private static final int LARGEST_PIECE = 64 << 10;

  private final long most;
  private final Budget together;
  private final long patienceNanos;

  /**
   * Sets limits.
   *
   * @param most bytes of one body
   * @param mostTogether bytes of all bodies that are in use
   */
  Bodies(long most, long mostTogether, long patienceSeconds) {
    this.most = most;
    this.together = new Budget(Math.max(most, mostTogether));
    this.patienceNanos = TimeUnit.SECONDS.toNanos(patienceSeconds);
  }

  /** A body in use; closing it makes room for others. */
  final class Body implements AutoCloseable {

    /** Full ones, and the last one. */
    private final List<byte[]> pieces = new ArrayList<>();

    private final long end = System.nanoTime() + patienceNanos;
    private int roomInLast;
    private long size;

    /** Adds what has come. */
    void add(byte[] bytes, int length) throws Problem {
      if (size + length > most) {
        throw tooLarge();
      }
      if (!together.take(length)) {
        throw new Problem(429, "Too busy", "too many images are being received; try again")
            .with("Retry-After", "1")
            .with("Connection", "close");
      }
      for (int at = 0; at < length; ) {
        if (roomInLast == 0) { // memory is at most twice of what has come
          roomInLast = (int) Math.min(LARGEST_PIECE, Math.max(FIRST_PIECE, size));
          pieces.add(new byte[roomInLast]);
        }
        byte[] last = pieces.get(pieces.size() - 1);
        int n = Math.min(roomInLast, length - at);
        System.arraycopy(bytes, at, last, last.length - roomInLast, n);
        roomInLast -= n;
        at += n;
        size += n;
      }
      if (System.nanoTime() - end > 0) {
        throw tooSlow();
      }
    }

    /** The bytes, once. */
    byte[] bytes() {
      byte[] bytes = new byte[(int) size];
      int at = 0;
      for (byte[] piece : pieces) {
        int n = Math.min(piece.length, bytes.length - at);
        System.arraycopy(piece, 0, bytes, at, n);
        at += n;
      }
      pieces.clear();
      return bytes;
    }

    @Override
    public void close() {
      pieces.clear();
      together.give(size);
      size = 0;
    }
  }

  /**
   * Begins a body.
   *
   * @param announced the header Content-Length, 0 if there is none
   */
  Body begin(String announced) throws Problem {
    long length;
    try {
      length = Long.parseLong(announced);
    } catch (NumberFormatException e) {
      throw new Problem(400, "Malformed request", "Content-Length is not a number");
    }
    if (length > most) {
      throw tooLarge();
    }
    return new Body();
  }

  /** The body does not come as fast as it must. */
  static Problem tooSlow() {
    return new Problem(408, "Too slow", "the body did not arrive in time")
        .with("Connection", "close");
  }

  private Problem tooLarge() {
    return new Problem(
            413, "Too large", "the body has more than %d bytes, the most here".formatted(most))
        .with("Connection", "close");
  }
}
