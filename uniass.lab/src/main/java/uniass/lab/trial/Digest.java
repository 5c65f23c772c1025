/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import uniass.api.UniassException;
import uniass.io.Outputs;

/** SHA-256. */
public final class Digest {

  private static final int BUFFER = 1 << 16;

  private final MessageDigest digest;

  Digest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds a piece, with its length, so that pieces do not run together. */
  Digest add(byte[] piece) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(piece.length).flip());
    digest.update(piece);
    return this;
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of a file's bytes, as {@code sha256sum} has it. */
  public static String of(Path file) {
    Digest digest = new Digest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + Outputs.reason(e), e);
    }
    return digest.hex();
  }
}
