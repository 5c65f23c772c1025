/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of memory that many may hold together. */
final class Budget {

  private final long most;
  private final AtomicLong held = new AtomicLong();

  Budget(long most) {
    this.most = most;
  }

  /** Takes bytes; answers false, and takes none, if there are not as many left. */
  boolean take(long bytes) {
    if (held.addAndGet(bytes) <= most) {
      return true;
    }
    give(bytes);
    return false;
  }

  /** Gives taken bytes back. */
  void give(long bytes) {
    held.addAndGet(-bytes);
  }
}
