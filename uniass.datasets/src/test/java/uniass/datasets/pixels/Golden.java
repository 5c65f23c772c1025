/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** The stored arrays of Pillow 9.4 and OpenCV 4.6. */
final class Golden {

  private Golden() {}

  static byte[] file(String name) {
    try (InputStream in = Golden.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last {@code size} bytes of a stored .npy. */
  static byte[] array(String name, int size) {
    try (InputStream in = new GZIPInputStream(Golden.class.getResourceAsStream(name + ".npy.gz"))) {
      byte[] npy = in.readAllBytes();
      return Arrays.copyOfRange(npy, npy.length - size, npy.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sha256(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
