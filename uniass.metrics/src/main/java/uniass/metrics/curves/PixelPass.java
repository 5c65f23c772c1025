/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.curves;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import uniass.api.metric.MetricContext;
import uniass.api.metric.Scores;
import uniass.metrics.storage.FloatKeys;
import uniass.metrics.storage.KeyRange;
import uniass.metrics.storage.KeyRanges;
import uniass.metrics.storage.KeyStore;
import uniass.metrics.storage.LongList;
import uniass.metrics.storage.NormalCounts;
import uniass.metrics.storage.PixelStore;
import uniass.metrics.storage.Spans;

/**
 * Computes a group's metric values: sorts the anomalous pixels, range by range from the top, counts
 * the normal ones between them and walks down both sweeps.
 */
final class PixelPass {

  /** A pair, its copy for sorting, its key and two counters. */
  private static final int BYTES_PER_ANOMALY = 2 * Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

  private static final int PIECE = 1 << 16;

  private final PixelStore store;
  private final List<PixelStore.Entry> entries;
  private final MetricContext context;
  private final Spans normalSpans = new Spans();
  private final Spans anomalySpans = new Spans();
  private int components;
  private int lowest = Integer.MAX_VALUE;
  private RankSweep ranks;
  private ProSweep pro;

  PixelPass(PixelStore store, List<PixelStore.Entry> entries, MetricContext context) {
    this.store = store;
    this.entries = entries;
    this.context = context;
    for (PixelStore.Entry e : entries) {
      normalSpans.add(e.normalFrom(), e.normals());
      anomalySpans.add(e.anomalyFrom(), 2L * e.anomalies());
      components += e.components();
      lowest = Math.min(lowest, e.lowest());
    }
  }

  PixelValues values(SortedSet<Double> limits, boolean curves) {
    long normal = normalSpans.total();
    ranks = new RankSweep(normal, anomalySpans.total() / 2, "pixel", curves);
    int all = entries.stream().mapToInt(e -> e.firstComponent() + e.components()).max().orElse(0);
    pro =
        limits.isEmpty() && !curves
            ? null
            : new ProSweep(
                normal, Arrays.copyOf(store.componentSizes(), all), components, limits, curves);
    long most = Math.max(1, context.workingMemory() / 2 / BYTES_PER_ANOMALY);
    List<KeyRange> ranges = KeyRanges.cut(store.anomalous(), anomalySpans, Math.min(most, 1 << 29));
    for (int r = ranges.size() - 1; r >= 0; r--) {
      walk(ranges.get(r));
    }
    RankValues values = ranks.end();
    List<Scores.Curve> drawn = new ArrayList<>(values.curves());
    if (!drawn.isEmpty()) {
      drawn.add(pro.curve());
    }
    Map<Double, Double> areas =
        limits.stream().collect(Collectors.toMap(Function.identity(), l -> pro.area(l)));
    return new PixelValues(
        values,
        entries.isEmpty() ? Double.NaN : FloatKeys.score(lowest),
        areas,
        components,
        List.copyOf(drawn));
  }

  private void walk(KeyRange range) {
    if (range.low() == range.high()) {
      walkOneKey(range);
      return;
    }
    long[] pairs = sorted(range);
    int[] marks = new int[pairs.length];
    int m = 0;
    for (int i = 0; i < pairs.length; i++) {
      int key = (int) (pairs[i] >> 32);
      if (m == 0 || marks[m - 1] != key) {
        marks[m++] = key;
      }
    }
    long[] counts = count(range, marks, m);
    int i = pairs.length;
    for (int mark = m - 1; mark >= 0; mark--) {
      pass(counts[2 * mark + 2]);
      int from = i;
      while (i > 0 && (int) (pairs[i - 1] >> 32) == marks[mark]) {
        i--;
        if (pro != null) {
          pro.pixel((int) pairs[i]);
        }
      }
      step(marks[mark], counts[2 * mark + 1], from - i);
    }
    pass(counts[0]);
  }

  /** Pairs of one key may be too many for memory, but need no sorting. */
  private void walkOneKey(KeyRange range) {
    long[] counts = count(range, new int[] {range.low()}, 1);
    long[] pixels = new long[1];
    scan(
        range,
        (key, component) -> {
          pixels[0]++;
          if (pro != null) {
            pro.pixel(component);
          }
        });
    step(range.low(), counts[1], pixels[0]);
  }

  private void pass(long normals) {
    ranks.pass(normals);
    if (pro != null) {
      pro.pass(normals);
    }
  }

  private void step(int key, long normals, long anomalies) {
    double score = FloatKeys.score(key);
    ranks.step(score, normals, anomalies);
    if (pro != null) {
      pro.step(score, normals);
    }
  }

  private long[] count(KeyRange range, int[] marks, int m) {
    return new NormalCounts(marks, m, range)
        .count(store.normal(), normalSpans, context.threads(), context.workingMemory() / 2);
  }

  private long[] sorted(KeyRange range) {
    LongList list = new LongList(range == KeyRange.ALL ? (int) (anomalySpans.total() / 2) : 1024);
    scan(range, (key, component) -> list.add((long) key << 32 | component));
    return list.sortedByUpper();
  }

  private interface PairSink {
    void take(int key, int component);
  }

  private void scan(KeyRange range, PairSink sink) {
    KeyStore.Reader reader = store.anomalous().reader();
    int[] pairs = new int[PIECE];
    anomalySpans.rewind();
    for (Spans.Span s = anomalySpans.take(PIECE); s != null; s = anomalySpans.take(PIECE)) {
      int n = (int) s.length();
      reader.read(s.from(), pairs, 0, n);
      for (int i = 0; i < n; i += 2) {
        if (range.holds(pairs[i])) {
          sink.take(pairs[i], pairs[i + 1]);
        }
      }
    }
  }
}
