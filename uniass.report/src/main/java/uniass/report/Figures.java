package uniass.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers as readers see them. */
final class Figures {

  private static final String NOT_DEFINED = "not defined";

  private Figures() {}

  /** A figure of 0 to 1. */
  static String share(double value) {
    return Double.isNaN(value) ? NOT_DEFINED : String.format(Locale.ROOT, "%.3f", value);
  }

  /** A score, whose size is not known beforehand. */
  static String score(double value) {
    return Double.isNaN(value) ? NOT_DEFINED : String.format(Locale.ROOT, "%.4g", value);
  }

  /** A time. */
  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }

  /** A count of things. */
  static String count(long number, String one, String several) {
    return number + " " + (number == 1 ? one : several);
  }
}
