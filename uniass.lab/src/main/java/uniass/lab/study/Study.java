/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A study as its file has it; the values of its factors are not checked yet.
 *
 * @param source the file's name, for messages
 * @param name names its folder
 * @param folder what file names in it are relative to
 * @param base the experiment that is varied: a file, or a shipped name
 * @param settings of the base that the study replaces, each {@code key.key=value}
 * @param factors what is varied
 * @param design which values are combined
 * @param seeds of the trainings
 * @param baselines what else is compared with the base
 * @param stop when variants are stopped early; empty for never
 */
public record Study(
    String source,
    String name,
    Path folder,
    String base,
    List<String> settings,
    List<Factor> factors,
    Design design,
    List<Long> seeds,
    List<String> baselines,
    Optional<StopRule> stop) {

  /** Name of the variant that changes nothing. */
  public static final String BASE = "base";

  /** The baseline of a network with its first weights. */
  public static final String UNTRAINED = "untrained";

  /** The baseline of the plain distance to the mean of a category's training images. */
  public static final String MEAN_IMAGE = "mean-picture";

  /** The baseline that remembers patches of the training images. */
  public static final String MEMORY_BANK = "memory-bank";

  /**
   * What is varied.
   *
   * @param key a setting's key, or a word for sets of settings
   * @param levels its values
   */
  public record Factor(String key, List<Level> levels) {}

  /**
   * A value of a factor.
   *
   * @param label how tables name it
   * @param settings what it replaces, each {@code key.key=value}
   * @param where it stands, for messages
   */
  public record Level(String label, List<String> settings, String where) {}

  /**
   * Which values are combined.
   *
   * @param kind how
   * @param trials how many variants at random
   * @param seed of the random choice
   */
  public record Design(Kind kind, int trials, long seed) {

    /** Kinds of designs. */
    public enum Kind {
      /** Each value alone, beside the base. */
      ONE_AT_A_TIME("one-at-a-time"),
      /** Every combination. */
      GRID("grid"),
      /** The first values of all factors, the second ones, and so on. */
      LIST("list"),
      /** Some combinations at random. */
      RANDOM("random");

      private final String key;

      Kind(String key) {
        this.key = key;
      }

      /** As files write it. */
      public String key() {
        return key;
      }
    }
  }
}
