/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What is tested was built here. After {@code mvn verify -rf :uniass.itest} the bundles come from
 * Maven's local repository, where another checkout may have put its own since.
 */
class SameTreeIT {

  private static final Pattern OURS = Pattern.compile("(uniass\\.[a-z0-9_.-]+?)-\\d.*\\.jar");

  @Test
  void theBundlesAreThoseOfThisCheckout() throws IOException {
    List<Path> ours =
        Arrays.stream(classPath().split(File.pathSeparator))
            .map(Path::of)
            .filter(file -> OURS.matcher(file.getFileName().toString()).matches())
            .toList();
    assertFalse(ours.isEmpty(), classPath());
    Path tree = Launched.HOME.resolve("../../..").normalize();
    for (Path bundle : ours) {
      String file = bundle.getFileName().toString();
      Matcher name = OURS.matcher(file);
      if (name.matches() && !name.group(1).equals("uniass.itest")) {
        Path built = tree.resolve(name.group(1)).resolve("target").resolve(file);
        assertEquals(
            -1,
            Files.mismatch(built, bundle),
            () -> bundle + " is not what this checkout built; run mvn verify without -rf");
      }
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
