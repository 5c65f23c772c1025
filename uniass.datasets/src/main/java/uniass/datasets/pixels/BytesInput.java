/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes in memory as Image I/O wants them, without a second copy. */
final class BytesInput extends ImageInputStreamImpl {

  private final byte[] bytes;

  BytesInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    bitOffset = 0;
    int n = (int) Math.min(length, bytes.length - streamPos);
    if (n <= 0) {
      return length == 0 ? 0 : -1;
    }
    System.arraycopy(bytes, (int) streamPos, target, offset, n);
    streamPos += n;
    return n;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
