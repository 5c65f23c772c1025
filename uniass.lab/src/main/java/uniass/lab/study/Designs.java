/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import uniass.api.UniassException;
import uniass.lab.study.Study.Factor;
import uniass.lab.study.Study.Level;

/** Combines the values of factors to variants. The base is always the first. */
final class Designs {

  private static final int LARGEST = 10_000;

  private Designs() {}

  static List<Variant> variants(Study study) {
    List<Variant> variants = new ArrayList<>(List.of(Variant.base()));
    variants.addAll(
        switch (study.design().kind()) {
          case ONE_AT_A_TIME -> alone(study.factors());
          case GRID -> grid(study);
          case LIST -> rows(study);
          case RANDOM -> some(study);
        });
    return variants;
  }

  private static List<Variant> alone(List<Factor> factors) {
    return factors.stream()
        .flatMap(f -> f.levels().stream().map(level -> Variant.base().with(f, level)))
        .toList();
  }

  private static List<Variant> grid(Study study) {
    long size =
        study.factors().stream().mapToLong(f -> f.levels().size()).reduce(1, (a, b) -> a * b);
    if (size > LARGEST) {
      throw new UniassException(
          study.source()
              + ": a grid of "
              + size
              + " variants (at most "
              + LARGEST
              + "); give fewer values, or 'design: { random: { trials: 20, seed: 1 } }'");
    }
    List<Variant> all = List.of(Variant.base());
    for (Factor factor : study.factors()) {
      List<Variant> more = new ArrayList<>();
      for (Variant variant : all) {
        factor.levels().forEach(level -> more.add(variant.with(factor, level)));
      }
      all = more;
    }
    return all;
  }

  private static List<Variant> rows(Study study) {
    List<Factor> factors = study.factors();
    int rows = factors.get(0).levels().size();
    List<Variant> all = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      Variant variant = Variant.base();
      for (Factor factor : factors) {
        List<Level> levels = factor.levels();
        if (levels.size() != rows) {
          throw new UniassException(
              "%s: design list takes the first values of all factors, then the second ones: '%s' has %d values, '%s' has %d"
                  .formatted(
                      study.source(), factors.get(0).key(), rows, factor.key(), levels.size()));
        }
        variant = variant.with(factor, levels.get(row));
      }
      all.add(variant);
    }
    return all;
  }

  /** The first of a shuffled grid: with more trials, the first ones stay. */
  private static List<Variant> some(Study study) {
    List<Variant> all = new ArrayList<>(grid(study));
    Collections.shuffle(all, new Random(study.design().seed()));
    return all.subList(0, Math.min(all.size(), study.design().trials()));
  }
}
