/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.cache;

import java.nio.ByteBuffer;

/** A byte cache; entries may be evicted at any time. Safe for use by several threads. */
public interface Cache extends AutoCloseable {

  /** Keeps nothing. */
  Cache OFF =
      new Cache() {
        @Override
        public ByteBuffer find(CacheKey key) {
          return null;
        }

        @Override
        public void store(CacheKey key, ByteBuffer... parts) {}

        @Override
        public void close() {}
      };

  /** The bytes stored under a key, verified; null if there are none. */
  ByteBuffer find(CacheKey key);

  /** Stores the parts one after the other; does nothing if there is no room. */
  void store(CacheKey key, ByteBuffer... parts);

  @Override
  void close();
}
