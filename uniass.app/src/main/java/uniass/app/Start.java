/* SPDX-License-Identifier: Apache-2.0 */
package uniass.app;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the process begins, for the launcher script and for {@code java -jar app.jar}. What the
 * framework and its bundles take from the machine is made the same everywhere; then bnd's launcher
 * takes over. A start that fails ends with one line and exit code 1: the application's bundle
 * answers within a minute, or the process ends.
 */
public final class Start {

  /** Set by the application's bundle when it starts, which it does before all others. */
  static final String STARTED = "uniass.started";

  private static final long NEEDED_MEGABYTES = 130;
  private static final long PATIENCE_MILLIS = 60_000;
  private static final long LOOK_MILLIS = 20;

  /** Kept here, because bnd's launcher puts all properties back when it ends. */
  private static volatile boolean started;

  private Start() {}

  /** Starts the launcher, unless the temporary folder is of no use. */
  public static void main(String[] arguments) throws Throwable {
    // Felix, for one, writes numbers into filters in the digits of the user's language.
    Locale.setDefault(Locale.ROOT);
    // Images are computed, never shown: a display that does not answer must not matter.
    System.getProperties().putIfAbsent("java.awt.headless", "true");
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    // For a user that is on no list, Java's home folder is "?", which would be made right here.
    if (!Path.of(System.getProperty("user.home")).isAbsolute()) {
      System.setProperty("user.home", temporary.toString());
    }
    Optional<String> fault = fault(temporary);
    if (fault.isPresent()) {
      System.err.println("uniass: the temporary folder " + fault.get());
      System.exit(1);
    }
    PrintStream err = System.err;
    Bundles.leaveOutMissing().ifPresent(missing -> end(err, missing));
    StartErrors errors = new StartErrors(err);
    if (!"debug".equals(System.getProperty("org.slf4j.simpleLogger.defaultLogLevel"))) {
      System.setErr(new PrintStream(errors, true));
    }
    System.setOut(System.err); // standard output is for results
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endUnlessStarted(errors, err)));
    Thread watch = new Thread(() -> watch(errors, err), "uniass-start");
    watch.setDaemon(true);
    watch.start();
    try {
      Class.forName("aQute.launcher.pre.EmbeddedLauncher")
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void watch(StartErrors errors, PrintStream err) {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (!isStarted() && errors.ofApplication().isEmpty() && System.nanoTime() < end) {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
    endUnlessStarted(errors, err);
  }

  /** Whether the application's bundle runs. */
  static boolean isStarted() {
    started |= System.getProperty(STARTED) != null;
    return started;
  }

  private static synchronized void endUnlessStarted(StartErrors errors, PrintStream err) {
    if (!isStarted()) {
      end(err, errors.ofApplication().or(errors::first).orElse("the framework does not answer"));
    }
  }

  private static void end(PrintStream err, String why) {
    err.println(
        "UniAS cannot start: "
            + why
            + "; is the distribution complete? UNIASS_LOG=debug shows more");
    Runtime.getRuntime().halt(1);
  }

  private static Optional<String> fault(Path folder) {
    String elsewhere =
        System.getProperty("uniass.home") == null
            ? "name another one: java -Djava.io.tmpdir=FOLDER -jar app.jar"
            : "name another one: UNIASS_JAVA_OPTS=-Djava.io.tmpdir=FOLDER";
    long free;
    try {
      free = Files.getFileStore(folder).getUsableSpace() >> 20;
    } catch (IOException e) {
      return Optional.of(folder + " is missing or cannot be written; " + elsewhere);
    }
    if (free < NEEDED_MEGABYTES) {
      return Optional.of(
          folder
              + " has "
              + free
              + " MB free, and "
              + NEEDED_MEGABYTES
              + " are needed; free some, or "
              + elsewhere);
    }
    try {
      Files.delete(Files.createTempFile(folder, "uniass", null));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(folder + " is missing or cannot be written; " + elsewhere);
    }
  }
}
