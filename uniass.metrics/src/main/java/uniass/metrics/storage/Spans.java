/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.storage;

import java.util.ArrayList;
import java.util.List;

/** Stretches of a store, handed out in pieces to several threads. */
public final class Spans {

  /** A stretch. */
  public record Span(long from, long length) {}

  private final List<Span> spans = new ArrayList<>();
  private long total;
  private int next;
  private long within;

  /** Adds a stretch behind the others, joined with the last where they touch. */
  public void add(long from, long length) {
    total += length;
    int last = spans.size() - 1;
    if (length == 0) {
      return;
    }
    if (last >= 0 && spans.get(last).from + spans.get(last).length == from) {
      spans.set(last, new Span(spans.get(last).from, spans.get(last).length + length));
    } else {
      spans.add(new Span(from, length));
    }
  }

  public long total() {
    return total;
  }

  /** Starts anew. */
  public synchronized void rewind() {
    next = 0;
    within = 0;
  }

  /** Takes the next piece of at most that length, or null after the last. */
  public synchronized Span take(int most) {
    if (next == spans.size()) {
      return null;
    }
    Span span = spans.get(next);
    long length = Math.min(most, span.length - within);
    Span piece = new Span(span.from + within, length);
    within += length;
    if (within == span.length) {
      next++;
      within = 0;
    }
    return piece;
  }
}
