/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over tensor data. */
final class Checksum {

  private final MessageDigest digest;

  Checksum() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Adds the bytes from position to limit, leaving the buffer as it is. */
  void update(ByteBuffer bytes) {
    digest.update(bytes.duplicate());
  }

  /** The checksum in hexadecimal; starts over. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
