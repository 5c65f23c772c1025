/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import uniass.api.UniassException;

/** Calls plug-ins, and turns what goes wrong inside foreign ones into one line. */
final class PartCalls {

  /** The bundles that bring the product's own plug-ins; what fails in these is our bug. */
  private static final Set<String> OWN_BUNDLES =
      Set.of("uniass.model", "uniass.datasets", "uniass.metrics");

  private PartCalls() {}

  static <T> T of(String name, Part part, Supplier<T> call) {
    if (isOwn(part)) {
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
      throw new UniassException(label(name, part) + " returned null, expected a result");
    }
    return result;
  }

  /** Whether a part comes from a bundle of the product. Without a framework, none does. */
  private static boolean isOwn(Part part) {
    Bundle bundle = FrameworkUtil.getBundle(part.getClass());
    return bundle != null && OWN_BUNDLES.contains(bundle.getSymbolicName());
  }

  static String label(String name, Part part) {
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
