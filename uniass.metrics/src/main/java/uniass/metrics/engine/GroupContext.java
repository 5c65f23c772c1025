/* SPDX-License-Identifier: Apache-2.0 */
package uniass.metrics.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.MetricAccumulator;
import uniass.api.metric.MetricContext;
import uniass.api.metric.ScoringOptions;
import uniass.metrics.curves.PerDefect;
import uniass.metrics.storage.Scratch;

/** What the accumulators of a category, or of one kind of defect of it, share. */
final class GroupContext implements MetricContext {

  private final GroupContext category;
  private final String defect;
  private final ScoringOptions options;
  private final Scratch scratch;
  private final long share;
  private final Map<Class<?>, MetricAccumulator> shared = new HashMap<>();
  private final List<MetricAccumulator> fed = new ArrayList<>();

  /** A category's context, with its share of the memory. */
  GroupContext(ScoringOptions options, Scratch scratch, long share) {
    this(null, "", options, scratch, share);
  }

  private GroupContext(
      GroupContext category, String defect, ScoringOptions options, Scratch scratch, long share) {
    this.category = category;
    this.defect = defect;
    this.options = options;
    this.scratch = scratch;
    this.share = share;
  }

  /** The context of a kind of defect, which takes what it can from its category. */
  GroupContext part(String kind) {
    return new GroupContext(this, kind, options, scratch, share);
  }

  @Override
  public <A extends MetricAccumulator> A shared(Class<A> type, Function<MetricContext, A> factory) {
    MetricAccumulator there = shared.get(type);
    if (there != null) {
      return type.cast(there);
    }
    A made;
    if (category != null && category.shared(type, factory) instanceof PerDefect whole) {
      made = type.cast(whole.part(defect));
    } else {
      made = factory.apply(this);
      fed.add(made);
    }
    shared.put(type, made);
    return made;
  }

  /** The shared accumulators that want to be fed. */
  List<MetricAccumulator> fed() {
    return fed;
  }

  void close() {
    shared.values().forEach(MetricAccumulator::close);
  }

  @Override
  public EvaluationProtocol protocol() {
    return options.protocol();
  }

  @Override
  public long memoryLimit() {
    return share;
  }

  @Override
  public long workingMemory() {
    return options.memoryLimit() / 2;
  }

  @Override
  public int threads() {
    return options.threads();
  }

  @Override
  public Path scratch() {
    return scratch.folder();
  }
}
