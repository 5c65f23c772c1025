/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.curves;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.metric.MetricValue;
import uniass.api.metric.ScoredImage;
import uniass.metrics.storage.PixelStore;

/**
 * What all pixel metrics of one group share: the pixel scores, and the metric values once computed.
 */
public final class PixelEvidence implements MetricAccumulator, PerDefect {

  private final MetricContext context;
  private final PixelStore store;
  private final boolean owner;
  private final Predicate<PixelStore.Entry> member;
  private final SortedSet<Double> limits;
  private boolean curves;
  private PixelValues values;

  /** Starts a category. */
  public PixelEvidence(MetricContext context) {
    this(context, new PixelStore(context), true, e -> true);
  }

  private PixelEvidence(
      MetricContext context, PixelStore store, boolean owner, Predicate<PixelStore.Entry> member) {
    this.context = context;
    this.store = store;
    this.owner = owner;
    this.member = member;
    this.limits = new TreeSet<>();
  }

  @Override
  public PixelEvidence part(String defect) {
    return new PixelEvidence(
        context, store, false, e -> !e.anomalous() || e.defect().equals(defect));
  }

  /** Asks for AUPRO up to a false positive rate, before metric values are computed. */
  public void wantPro(double limit) {
    if (values != null) {
      throw new IllegalStateException("metric values have been computed");
    }
    limits.add(limit);
  }

  /** Asks for curves, before metric values are computed. */
  public void wantCurves() {
    curves = true;
  }

  @Override
  public void add(ScoredImage image) {
    image.mask().ifPresent(mask -> store.add(image, mask));
  }

  /** The metric values of the group, computed when first asked for. */
  public PixelValues values() {
    if (values == null) {
      values = new PixelPass(store, entries(), context).values(limits, curves);
    }
    return values;
  }

  /** Mean overlap per image where pixels of a threshold or more are marked. */
  public Overlap overlap(double threshold) {
    return Overlap.at((float) threshold, store, entries(), context.threads());
  }

  /** AUPIMO between two false positive rates. */
  public MetricValue aupimo(double low, double high) {
    return new Aupimo(store, entries(), context.threads(), low, high).value();
  }

  private List<PixelStore.Entry> entries() {
    return store.entries().stream().filter(member).toList();
  }

  /** Bytes that were spilled to disk. */
  public long spilledBytes() {
    return store.normal().spilledBytes() + store.anomalous().spilledBytes();
  }

  @Override
  public MetricValue result() {
    return MetricValue.undefined();
  }

  @Override
  public void close() {
    if (owner) {
      store.close();
    }
  }
}
