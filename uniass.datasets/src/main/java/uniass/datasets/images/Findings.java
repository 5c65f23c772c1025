package uniass.datasets.images;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uniass.api.Problem;
import uniass.api.Problem.Severity;

/**
 * Problems as several threads find them, in the images' order whoever was first. Of each kind the
 * first thousand are kept, so that memory stays bounded; the rest is counted.
 */
final class Findings {

  private static final int KEPT = 1000;

  /** Kinds, in the order of the report. */
  enum Kind {
    UNREADABLE(Severity.ERROR),
    SIZE(Severity.ERROR),
    MASK(Severity.ERROR),
    ODD_VALUES(Severity.WARNING),
    NOTHING_MARKED(Severity.WARNING),
    DEFECT_IN_TRAINING(Severity.ERROR),
    DUPLICATE(Severity.WARNING),
    LISTED_TWICE(Severity.WARNING),
    CASE(Severity.WARNING);

    private final Severity severity;

    Kind(Severity severity) {
      this.severity = severity;
    }
  }

  private static final class Kept {
    private final TreeMap<Long, Problem> first = new TreeMap<>();
    private long count;
  }

  private final Map<Kind, Kept> kinds = new EnumMap<>(Kind.class);

  /**
   * Notes a problem.
   *
   * @param place the image's place in the data set; of several at one place the first stays
   */
  synchronized void add(Kind kind, long place, String where, String message) {
    Kept kept = kinds.computeIfAbsent(kind, k -> new Kept());
    kept.count++;
    kept.first.putIfAbsent(place, new Problem(kind.severity, where, message));
    if (kept.first.size() > KEPT) {
      kept.first.pollLastEntry();
    }
  }

  synchronized List<Problem> problems() {
    List<Problem> all = new ArrayList<>();
    kinds.forEach(
        (kind, kept) -> {
          all.addAll(kept.first.values());
          if (kept.count > kept.first.size()) {
            all.add(
                new Problem(
                    kind.severity,
                    "",
                    "and " + (kept.count - kept.first.size()) + " more like the one before"));
          }
        });
    return all;
  }
}
