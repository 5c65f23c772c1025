/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.io.PrintStream;
import java.util.Locale;
import uniass.api.Progress;

/**
 * One line that says what is going on and how long it will take. On a screen it is overwritten;
 * elsewhere a new one is written every ten seconds.
 */
final class ConsoleProgress implements Progress {

  private static final int BAR = 20;
  private static final long SCREEN_PAUSE = 200_000_000L;
  private static final long FILE_PAUSE = 10_000_000_000L;
  private static final double MEMORY_SECONDS = 60;

  private final PrintStream err;
  private final boolean screen;
  private int written;
  private long shown;
  private String phase = "";
  private long lastDone;
  private long lastTime;
  private double seconds;
  private double steps;

  ConsoleProgress(PrintStream err, boolean screen) {
    this.err = err;
    this.screen = screen;
  }

  @Override
  public synchronized void step(String task, long done, long total) {
    long now = System.nanoTime();
    String newPhase = task.split("\\s", 2)[0] + total;
    boolean begins = !newPhase.equals(phase);
    if (begins) {
      phase = newPhase;
      seconds = 0;
      steps = 0;
    } else {
      remember(done - lastDone, (now - lastTime) / 1e9);
    }
    lastDone = done;
    lastTime = now;
    boolean ends = total > 0 && done >= total;
    if (begins || ends || now - shown > (screen ? SCREEN_PAUSE : FILE_PAUSE)) {
      shown = now;
      print(line(task, done, total));
    }
  }

  private void remember(long newSteps, double elapsed) {
    double keep = Math.exp(-elapsed / MEMORY_SECONDS);
    seconds = seconds * keep + elapsed;
    steps = steps * keep + newSteps;
  }

  private String line(String task, long done, long total) {
    if (total <= 0) {
      return task;
    }
    int filled = (int) Math.min(BAR, BAR * done / total);
    String left = steps > 0 && done < total ? "  " + time((total - done) * seconds / steps) : "";
    return "["
        + "#".repeat(filled)
        + "-".repeat(BAR - filled)
        + "] "
        + String.format(Locale.ROOT, "%3d %%  ", 100 * done / total)
        + task
        + left;
  }

  private static String time(double seconds) {
    long s = Math.round(seconds);
    return s < 60
        ? s + " s left"
        : s < 3600
            ? String.format(Locale.ROOT, "%d:%02d min left", s / 60, s % 60)
            : String.format(Locale.ROOT, "%d:%02d h left", s / 3600, s / 60 % 60);
  }

  private void print(String line) {
    if (screen) {
      err.print("\r" + line + " ".repeat(Math.max(0, written - line.length())));
      written = line.length();
      err.flush();
    } else {
      err.println(line);
    }
  }

  /** Leaves the line, so that other text can follow. */
  synchronized void end() {
    if (screen && written > 0) {
      err.println();
      written = 0;
    }
  }

  @Override
  public boolean canceled() {
    return Thread.currentThread().isInterrupted();
  }
}
