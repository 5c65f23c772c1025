package uniass.app;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where {@code java -jar app.jar} begins: the launcher unpacks the framework and its bundles to the
 * temporary folder, and fails with a stack trace where that does not work. The launcher script
 * makes the same check.
 */
public final class RunnableJar {

  private static final long NEEDED_MEGABYTES = 130;

  private RunnableJar() {}

  /** Starts the launcher, unless the temporary folder is of no use. */
  public static void main(String[] arguments) throws Throwable {
    Optional<String> fault = fault(Path.of(System.getProperty("java.io.tmpdir")));
    if (fault.isPresent()) {
      System.err.println("uniass: the temporary folder " + fault.get());
      System.exit(1);
    }
    try {
      Class.forName("aQute.launcher.pre.EmbeddedLauncher")
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Optional<String> fault(Path folder) {
    String elsewhere = "name another one: java -Djava.io.tmpdir=FOLDER -jar app.jar";
    try {
      Files.delete(Files.createTempFile(folder, "uniass", null));
      long free = Files.getFileStore(folder).getUsableSpace() >> 20;
      return free >= NEEDED_MEGABYTES
          ? Optional.empty()
          : Optional.of(
              folder
                  + " has "
                  + free
                  + " MB free, and "
                  + NEEDED_MEGABYTES
                  + " are needed; free some, or "
                  + elsewhere);
    } catch (IOException e) {
      return Optional.of(folder + " is not there or cannot be written; " + elsewhere);
    }
  }
}
