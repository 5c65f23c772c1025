/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.curves;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import uniass.metrics.storage.FloatKeys;
import uniass.metrics.storage.KeyStore;
import uniass.metrics.storage.Parallel;
import uniass.metrics.storage.PixelStore;
import uniass.metrics.storage.Spans;

/**
 * How marked and anomalous pixels overlap, averaged over images.
 *
 * @param dice mean of 2 |A and B| / (|A| + |B|); 1 for an image where both are empty
 * @param iou mean of |A and B| / |A or B|, likewise
 */
public record Overlap(double dice, double iou) {

  private static final int PIECE = 1 << 16;

  /** Marks pixels whose score is the threshold or more. */
  static Overlap at(
      float threshold, PixelStore store, List<PixelStore.Entry> entries, int threads) {
    int key = FloatKeys.of(threshold);
    long[] marked = new long[entries.size()];
    long[] hits = new long[entries.size()];
    AtomicInteger next = new AtomicInteger();
    Parallel.run(
        threads,
        () -> {
          KeyStore.Reader normal = store.normal().reader();
          KeyStore.Reader anomalous = store.anomalous().reader();
          int[] piece = new int[PIECE];
          for (int p = next.getAndIncrement(); p < marked.length; p = next.getAndIncrement()) {
            PixelStore.Entry e = entries.get(p);
            hits[p] =
                count(
                    anomalous, new Spans.Span(e.anomalyFrom(), 2L * e.anomalies()), 2, key, piece);
            marked[p] =
                hits[p] + count(normal, new Spans.Span(e.normalFrom(), e.normals()), 1, key, piece);
          }
        });
    return new Overlap(
        mean(
            entries.size(),
            p -> {
              long all = marked[p] + entries.get(p).anomalies();
              return all == 0 ? 1 : 2.0 * hits[p] / all;
            }),
        mean(
            entries.size(),
            p -> {
              long union = marked[p] + entries.get(p).anomalies() - hits[p];
              return union == 0 ? 1 : (double) hits[p] / union;
            }));
  }

  private static long count(
      KeyStore.Reader reader, Spans.Span span, int stride, int key, int[] piece) {
    long count = 0;
    for (long done = 0; done < span.length(); ) {
      int part = (int) Math.min(piece.length, span.length() - done);
      reader.read(span.from() + done, piece, 0, part);
      for (int i = 0; i < part; i += stride) {
        count += piece[i] >= key ? 1 : 0;
      }
      done += part;
    }
    return count;
  }

  /** Sums in the values' own order, so that the images' order leaves no trace. */
  static double mean(int n, IntToDoubleFunction value) {
    double[] values = new double[n];
    Arrays.setAll(values, value);
    Arrays.sort(values);
    Sum sum = new Sum();
    for (double v : values) {
      sum.add(v);
    }
    return n == 0 ? Double.NaN : sum.value() / n;
  }
}
