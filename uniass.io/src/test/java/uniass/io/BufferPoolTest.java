/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import uniass.api.UniassException;

class BufferPoolTest {

  private final BufferPool pool = new BufferPool();

  @Test
  void buffersComeBack() {
    ByteBuffer buffer = pool.take(48);
    assertTrue(buffer.isDirect());
    assertEquals(ByteOrder.nativeOrder(), buffer.order());
    assertNotSame(buffer, pool.take(48));
    pool.give(buffer.position(3));
    assertNotSame(buffer, pool.take(52));
    assertNotSame(buffer, pool.take(16), "far too large");
    assertSame(buffer, pool.take(36));
    assertEquals(36, buffer.remaining());
    assertEquals(0, buffer.position());
  }

  @Test
  void aBatchThatNoBufferHoldsIsRefused() {
    UniassException e = assertThrows(UniassException.class, () -> pool.take(1L << 31));
    assertEquals(
        "a batch of 2048 MiB is too large (at most 2047); choose a smaller one", e.getMessage());
  }
}
