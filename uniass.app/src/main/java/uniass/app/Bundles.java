/* SPDX-License-Identifier: Apache-2.0 */
package uniass.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The bundles that the launcher installs. Those with native libraries may be left out by whoever
 * has the libraries elsewhere; the launcher itself knows no bundle that may be missing.
 */
final class Bundles {

  private static final String LIST = "launch.bundles";
  private static final String FILE = "launcher.properties";
  private static final String NATIVE = ".*/uniass\\.\\w+\\.linux-.*";

  private Bundles() {}

  /**
   * Lets the launcher go on without the native libraries that are not there.
   *
   * @return what else is missing; empty if nothing is
   */
  static Optional<String> leaveOutMissing() throws IOException {
    Properties launcher = new Properties();
    try (InputStream in = Bundles.class.getResourceAsStream("/" + FILE)) {
      if (in == null || System.getProperty(FILE) != null) {
        return Optional.empty();
      }
      launcher.load(in);
    }
    List<String> there = new ArrayList<>();
    boolean complete = true;
    for (String bundle : launcher.getProperty(LIST, "").split("\\s*,\\s*")) {
      if (Bundles.class.getResource("/" + bundle) != null) {
        there.add(bundle);
      } else if (bundle.matches(NATIVE)) {
        complete = false;
      } else {
        return Optional.of("the bundle " + bundle.replaceFirst(".*/", "") + " is missing");
      }
    }
    if (!complete) {
      launcher.setProperty(LIST, String.join(",", there));
      Path file = Files.createTempFile("uniass", ".properties");
      file.toFile().deleteOnExit();
      try (OutputStream out = Files.newOutputStream(file)) {
        launcher.store(out, null);
      }
      System.setProperty(FILE, file.toString());
    }
    return Optional.empty();
  }
}
