/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that is too large, or comes too slowly, ends with an error. */
final class BoundedStream extends FilterInputStream {

  private final long end;
  private long left;

  BoundedStream(InputStream in, long most, long patienceNanos) {
    super(in);
    this.left = most;
    this.end = System.nanoTime() + patienceNanos;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = super.read(bytes, offset, length);
    left -= Math.max(0, n);
    if (left < 0) {
      throw new IOException("it is too large");
    }
    if (System.nanoTime() - end > 0) {
      throw new IOException("it came too slowly");
    }
    return n;
  }
}
