/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first 128 bits of a SHA-256. */
public record CacheKey(long high, long low) {

  /** Hashes bytes. */
  public static CacheKey of(byte[] bytes) {
    return of(sha256(), bytes);
  }

  /** Hashes a text. */
  public static CacheKey of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A key for what is made of this one's content in some way. */
  public CacheKey with(String settings) {
    MessageDigest digest = sha256();
    digest.update(ByteBuffer.allocate(16).putLong(high).putLong(low).flip());
    return of(digest, settings.getBytes(StandardCharsets.UTF_8));
  }

  private static CacheKey of(MessageDigest digest, byte[] bytes) {
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(bytes));
    return new CacheKey(hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
