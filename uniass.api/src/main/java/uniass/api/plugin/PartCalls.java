package uniass.api.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import uniass.api.UniassException;

/**
 * Calls into plug-ins. What goes wrong inside a plug-in from elsewhere is its author's to mend, and
 * is told in one line that names the part, its class and the line of its source.
 */
public final class PartCalls {

  private static final String OURS = "uniass.";

  private PartCalls() {}

  /**
   * Calls a part's code.
   *
   * @param name the part's name in experiments
   * @param part the part whose code it is, or that made it
   * @return what the call returned, never null
   * @throws UniassException if it fails or returns null
   */
  public static <T> T of(String name, Part part, Supplier<T> call) {
    if (part.getClass().getName().startsWith(OURS)) {
      return call.get();
    }
    T result;
    try {
      result = call.get();
    } catch (UniassException e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new UniassException(
          label(name, part) + " failed" + place(part, e) + ": " + words(e), e);
    }
    if (result == null) {
      throw new UniassException(label(name, part) + " returned null where a result is due");
    }
    return result;
  }

  /** The error of a part that does not keep to its contract. */
  public static UniassException breach(String name, Part part, String how) {
    return new UniassException(label(name, part) + " " + how);
  }

  private static String label(String name, Part part) {
    return "plug-in '" + name + "' (" + part.getClass().getName() + ")";
  }

  /** Where in the part's own package it happened. */
  private static String place(Part part, Throwable e) {
    String home = part.getClass().getPackageName() + ".";
    return Arrays.stream(e.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith(home) && frame.getFileName() != null)
        .findFirst()
        .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
        .orElse("");
  }

  /** The error on one line; PyTorch puts the reason last, below the text of its script. */
  private static String words(Throwable e) {
    List<String> lines =
        e.getMessage() == null
            ? List.of()
            : e.getMessage().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (lines.isEmpty()) {
      return e.getClass().getSimpleName();
    }
    String line =
        lines.stream()
            .filter(l -> l.startsWith("RuntimeError: "))
            .map(l -> l.substring(l.indexOf(' ') + 1))
            .findFirst()
            .orElse(lines.get(0));
    return e.getClass().getSimpleName() + ": " + line;
  }
}
