/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uniass.api.data.Mask;
import uniass.api.metric.MetricContext;
import uniass.api.metric.ScoredImage;

/**
 * All pixel scores of a category: the keys of normal pixels, and pairs of key and component of
 * anomalous ones, both in the images' order.
 */
public final class PixelStore implements AutoCloseable {

  /**
   * Where an image's pixels lie.
   *
   * @param defect its kind of defect
   * @param anomalous whether it is anomalous
   * @param normalFrom position of its first normal pixel
   * @param normals number of normal pixels
   * @param anomalyFrom position of its first anomalous pixel's pair; twice as many ints
   * @param anomalies number of anomalous pixels
   * @param firstComponent its first component
   * @param components number of components
   * @param lowest lowest key
   */
  public record Entry(
      String defect,
      boolean anomalous,
      long normalFrom,
      int normals,
      long anomalyFrom,
      int anomalies,
      int firstComponent,
      int components,
      int lowest) {

    int pixels() {
      return normals + anomalies;
    }
  }

  private final KeyStore normal;
  private final KeyStore anomalous;
  private final List<Entry> entries = new ArrayList<>();
  private final MaskRuns runs = new MaskRuns();
  private int[] sizes = new int[64];
  private int components;
  private int[] keys = new int[0];
  private int[] pairs = new int[0];

  public PixelStore(MetricContext context) {
    Budget budget = new Budget(context.memoryLimit());
    normal = new KeyStore(context.scratch(), budget, context.memoryLimit());
    anomalous = new KeyStore(context.scratch(), budget, context.memoryLimit());
  }

  public void add(ScoredImage image, Mask mask) {
    float[] map = image.map().values();
    runs.find(mask.values(), mask.height(), mask.width());
    int anomalies = 0;
    for (int c = 0; c < runs.components(); c++) {
      anomalies += runs.size(c);
    }
    if (keys.length < map.length) {
      keys = new int[map.length];
    }
    if (pairs.length < 2 * anomalies) {
      pairs = new int[2 * anomalies];
    }
    int lowest = split(map, anomalies);
    entries.add(
        new Entry(
            image.defect(),
            image.anomalous(),
            normal.size(),
            map.length - anomalies,
            anomalous.size(),
            anomalies,
            components,
            runs.components(),
            lowest));
    normal.append(keys, map.length - anomalies);
    anomalous.append(pairs, 2 * anomalies);
    addComponents();
  }

  private int split(float[] map, int anomalies) {
    int at = 0;
    int pair = 0;
    int lowest = Integer.MAX_VALUE;
    int from = 0;
    for (int run = 0; run <= runs.runs(); run++) {
      int to = run < runs.runs() ? runs.start(run) : map.length;
      for (int i = from; i < to; i++) {
        int key = FloatKeys.of(map[i]);
        lowest = Math.min(lowest, key);
        keys[at++] = key;
      }
      if (run < runs.runs()) {
        int component = components + runs.component(run);
        for (int i = to; i < runs.end(run); i++) {
          int key = FloatKeys.of(map[i]);
          lowest = Math.min(lowest, key);
          pairs[pair++] = key;
          pairs[pair++] = component;
        }
        from = runs.end(run);
      }
    }
    return lowest;
  }

  private void addComponents() {
    int all = Math.addExact(components, runs.components());
    if (all > sizes.length) {
      sizes = Arrays.copyOf(sizes, Math.max(all, sizes.length + (sizes.length >> 1)));
    }
    for (int c = 0; c < runs.components(); c++) {
      sizes[components + c] = runs.size(c);
    }
    components = all;
  }

  public KeyStore normal() {
    return normal;
  }

  public KeyStore anomalous() {
    return anomalous;
  }

  public List<Entry> entries() {
    return entries;
  }

  /** Pixels of each component; longer than there are components. */
  public int[] componentSizes() {
    return sizes;
  }

  @Override
  public void close() {
    try (normal;
        anomalous) {
      entries.clear();
    }
  }
}
