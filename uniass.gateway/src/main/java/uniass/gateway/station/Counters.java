/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import uniass.api.inspection.Prediction.Verdict;
import uniass.gateway.RefusedException.Reason;
import uniass.gateway.Timings;

/** What a station has done since it was configured. */
public final class Counters {

  private static final double HALF_A_MILLISECOND = 0.0005;

  private final Map<Verdict, LongAdder> verdicts = new EnumMap<>(Verdict.class);
  private final Map<Reason, LongAdder> refusals = new EnumMap<>(Reason.class);
  private final Map<String, Histogram> seconds = new LinkedHashMap<>();
  private final Histogram batches = new Histogram(1, 7);

  Counters() {
    for (Verdict verdict : Verdict.values()) {
      verdicts.put(verdict, new LongAdder());
    }
    for (Reason reason : Reason.values()) {
      refusals.put(reason, new LongAdder());
    }
    for (String stage : new String[] {"queue", "decode", "batch", "network", "total"}) {
      seconds.put(stage, new Histogram(HALF_A_MILLISECOND, 15));
    }
  }

  void inspected(Verdict verdict, Timings timings) {
    verdicts.get(verdict).increment();
    seconds.get("queue").add(timings.queue() / 1000);
    seconds.get("decode").add(timings.decode() / 1000);
    seconds.get("batch").add(timings.batch() / 1000);
    seconds.get("network").add(timings.network() / 1000);
    seconds.get("total").add(timings.total() / 1000);
  }

  void refused(Reason reason) {
    refusals.get(reason).increment();
  }

  void batch(int images) {
    batches.add(images);
  }

  /** Results by verdict. */
  public long verdicts(Verdict verdict) {
    return verdicts.get(verdict).sum();
  }

  /** Images without a result, by reason. */
  public long refusals(Reason reason) {
    return refusals.get(reason).sum();
  }

  /** How long stages took, in seconds, by stage. */
  public Map<String, Histogram> seconds() {
    return Map.copyOf(seconds);
  }

  /** Images per forward pass, counted at the station whose image came first. */
  public Histogram batches() {
    return batches;
  }

  /** Seconds that an image takes on average; 0 before the first one. */
  double meanSeconds() {
    Histogram network = seconds.get("network");
    long images = 0;
    for (long count : network.counts()) {
      images += count;
    }
    return images == 0 ? 0 : network.sum() / images;
  }
}
