/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;
import uniass.api.UniassException;
import uniass.gateway.ModelVersion;
import uniass.io.Outputs;

/**
 * A model file that may be opened.
 *
 * @param path where it lies
 * @param checksum its SHA-256 in hexadecimal digits, as it was when it was accepted
 * @param named answers its version, when its name is known
 */
public record ModelFile(Path path, String checksum, Function<String, ModelVersion> named) {

  /**
   * Reads the file and compares.
   *
   * @throws UniassException if it is not the file that was accepted
   */
  public void verify() {
    if (!checksum(path).equals(checksum)) {
      throw new UniassException(
          path + ": is damaged, its checksum is another; add the model again");
    }
  }

  /** A path that a configuration names. */
  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UniassException("model: '" + text + "' is not a file name", e);
    }
  }

  static String checksum(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return copy(in, OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + Outputs.reason(e), e);
    }
  }

  /** Copies a stream and answers its checksum. */
  static String copy(InputStream from, OutputStream to) throws IOException {
    try {
      DigestInputStream in = new DigestInputStream(from, MessageDigest.getInstance("SHA-256"));
      in.transferTo(to);
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
