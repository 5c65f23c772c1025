/* SPDX-License-Identifier: Apache-2.0 */
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
 * first are kept (a thousand, if each needs a hand), so that memory and reports stay bounded; the
 * rest is counted.
 */
final class Findings {

  private static final int ALL = 1000;
  private static final int SOME = 3;
  private static final int ONE = 1;

  /** Kinds, in the order of the report. */
  enum Kind {
    UNREADABLE(Severity.ERROR, ALL),
    SIZE(Severity.ERROR, ALL),
    MASK(Severity.ERROR, ALL),
    ODD_VALUES(Severity.WARNING, SOME),
    MARKED_SHARE(Severity.WARNING, SOME),
    MASK_ALPHA(Severity.WARNING, ONE),
    NOTHING_MARKED(Severity.WARNING, ALL),
    TURNED(Severity.WARNING, ONE),
    TRANSPARENT(Severity.WARNING, ONE),
    DARK(Severity.WARNING, SOME),
    CONSTANT(Severity.WARNING, SOME),
    UNLIKE(Severity.WARNING, ALL),
    DEFECT_IN_TRAINING(Severity.ERROR, ALL),
    DUPLICATE(Severity.WARNING, ALL),
    LISTED_TWICE(Severity.WARNING, ALL),
    CASE(Severity.WARNING, ALL);

    private final Severity severity;
    private final int kept;

    Kind(Severity severity, int kept) {
      this.severity = severity;
      this.kept = kept;
    }

    /** Whether such images are left out if an experiment says so. */
    boolean isLeftOut() {
      return this == UNREADABLE || this == SIZE || this == MASK;
    }
  }

  private static final class Kept {
    private final TreeMap<Long, Problem> first = new TreeMap<>();
    private long count;
  }

  private final Map<Kind, Kept> kinds = new EnumMap<>(Kind.class);
  private final int most;

  /** Keeps as many as each kind deserves. */
  Findings() {
    this(ALL);
  }

  /** Keeps at most so many of each kind. */
  Findings(int most) {
    this.most = most;
  }

  /**
   * Notes a problem.
   *
   * @param place the image's place in the data set; of several at one place the first stays
   */
  synchronized void add(Kind kind, long place, String where, String message) {
    Kept kept = kinds.computeIfAbsent(kind, k -> new Kept());
    kept.count++;
    kept.first.putIfAbsent(place, new Problem(kind.severity, where, message));
    if (kept.first.size() > Math.min(most, kind.kept)) {
      kept.first.pollLastEntry();
    }
  }

  /** What was found, kind by kind. */
  List<Problem> problems() {
    return problems(false);
  }

  /**
   * What was found, kind by kind.
   *
   * @param lenient whether what is left out is a warning
   */
  synchronized List<Problem> problems(boolean lenient) {
    List<Problem> all = new ArrayList<>();
    kinds.forEach(
        (kind, kept) -> {
          Severity severity = lenient && kind.isLeftOut() ? Severity.WARNING : kind.severity;
          kept.first.values().forEach(p -> all.add(new Problem(severity, p.where(), p.message())));
          if (kept.count > kept.first.size()) {
            all.add(
                new Problem(
                    severity,
                    "",
                    "and " + (kept.count - kept.first.size()) + " more like the one before"));
          }
        });
    return all;
  }
}
