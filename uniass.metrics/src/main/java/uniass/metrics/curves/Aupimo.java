/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.curves;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import uniass.api.metric.MetricValue;
import uniass.metrics.storage.FloatKeys;
import uniass.metrics.storage.KeyStore;
import uniass.metrics.storage.Parallel;
import uniass.metrics.storage.PixelStore;
import uniass.metrics.storage.Spans;
import uniass.metrics.storage.TopKeys;

/**
 * AUPIMO (Bertoldo et al., "AUPIMO: Redefining Visual Anomaly Detection Benchmarks with High Speed
 * and Low Tolerance", BMVC 2024): per anomalous image the share of anomalous pixels found,
 * integrated over the logarithm of the false positive rate that all normal images together have at
 * the same threshold, divided by the logarithms' distance; then the mean over images.
 *
 * <p>Exact: every distinct score is a threshold, so each anomalous pixel adds the stretch of the
 * logarithmic axis on which it is found. Where it ties with normal pixels, its share rises linearly
 * over the stretch that they take.
 */
final class Aupimo {

  private static final int PIECE = 1 << 16;

  private final PixelStore store;
  private final List<PixelStore.Entry> anomalous;
  private final int threads;
  private final double low;
  private final double high;
  private final Spans normalImages = new Spans();
  private int[] top;
  private long tiedWithLowest;

  Aupimo(PixelStore store, List<PixelStore.Entry> entries, int threads, double low, double high) {
    this.store = store;
    this.anomalous = entries.stream().filter(e -> e.anomalies() > 0).toList();
    this.threads = threads;
    this.low = low;
    this.high = high;
    for (PixelStore.Entry e : entries) {
      if (e.anomalies() == 0) {
        normalImages.add(e.normalFrom(), e.normals());
      }
    }
  }

  /** The mean; not defined where the normal pixels are too few to tell the lower rate from none. */
  MetricValue value() {
    long normal = normalImages.total();
    if (anomalous.isEmpty() || normal * low < 1) {
      return MetricValue.undefined();
    }
    int wanted = (int) Math.min(normal, (long) Math.floor(high * normal) + 1);
    top = TopKeys.find(store.normal(), normalImages, wanted, threads);
    countTies();
    double[] areas = new double[anomalous.size()];
    AtomicInteger next = new AtomicInteger();
    Parallel.run(
        threads,
        () -> {
          KeyStore.Reader reader = store.anomalous().reader();
          int[] piece = new int[PIECE];
          for (int p = next.getAndIncrement(); p < areas.length; p = next.getAndIncrement()) {
            areas[p] = area(anomalous.get(p), reader, piece, normal);
          }
        });
    return new MetricValue(
        Overlap.mean(areas.length, p -> areas[p]),
        Map.of(
            "images",
            (double) areas.length,
            "threshold-at-upper-rate",
            (double) FloatKeys.score(top[0])));
  }

  /** The lowest of the top keys may tie with keys that are no longer among them. */
  private void countTies() {
    int lowest = top[0];
    normalImages.rewind();
    Parallel.run(
        threads,
        () -> {
          KeyStore.Reader reader = store.normal().reader();
          int[] piece = new int[PIECE];
          long count = 0;
          for (Spans.Span s = normalImages.take(PIECE); s != null; s = normalImages.take(PIECE)) {
            reader.read(s.from(), piece, 0, (int) s.length());
            for (int i = 0; i < s.length(); i++) {
              count += piece[i] == lowest ? 1 : 0;
            }
          }
          addTies(count);
        });
  }

  private synchronized void addTies(long count) {
    tiedWithLowest += count;
  }

  private double area(PixelStore.Entry e, KeyStore.Reader reader, int[] piece, long normal) {
    Sum sum = new Sum();
    long n = 2L * e.anomalies();
    for (long done = 0; done < n; ) {
      int part = (int) Math.min(PIECE, n - done);
      reader.read(e.anomalyFrom() + done, piece, 0, part);
      for (int i = 0; i < part; i += 2) {
        sum.add(stretch(piece[i], normal));
      }
      done += part;
    }
    return sum.value() / e.anomalies() / Math.log(high / low);
  }

  /**
   * The length of the logarithmic axis on which a pixel is found; where it ties with the very
   * highest normal pixels, whose stretch begins at no rate at all, the share rises from the lower
   * rate on.
   */
  private double stretch(int key, long normal) {
    if (key < top[0]) {
      return 0;
    }
    long above = top.length - firstAbove(key);
    long ties = key == top[0] ? tiedWithLowest : firstAbove(key) - firstAbove(key - 1L);
    double left = Math.log(low);
    double right = Math.log(high);
    double start = above == 0 ? left : Math.log((double) above / normal);
    double full = ties == 0 ? start : Math.log((double) (above + ties) / normal);
    double from = Math.max(start, left);
    double to = Math.min(full, right);
    if (to <= from) {
      return right - from;
    }
    double shares = (from - start + to - start) / (full - start) / 2;
    return shares * (to - from) + (right - to);
  }

  /** Index of the first top key that is greater. */
  private int firstAbove(long key) {
    int from = 0;
    int to = top.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (top[middle] > key) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }
}
