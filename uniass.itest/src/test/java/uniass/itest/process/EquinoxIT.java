/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution with another framework, exchanged as {@code docs/integrator.md} says. */
class EquinoxIT {

  private static final String VERSION = "3.23.0";

  @TempDir Path folder;

  @Test
  void theDistributionStartsInEquinox() throws Exception {
    Path home = folder.resolve("uniass");
    Launched.start(folder, List.of("cp", "-a", Launched.HOME.toString(), home.toString()), Map.of())
        .exits(0);
    String name = "org.eclipse.osgi-" + VERSION + ".jar";
    Path repository = Path.of(System.getProperty("maven.repository"));
    Path framework = repository.resolve("org/eclipse/platform/org.eclipse.osgi");
    Files.copy(framework.resolve(VERSION).resolve(name), home.resolve("app/jar").resolve(name));
    String felix = felix(home.resolve("app/jar"));
    Files.delete(home.resolve("app/jar").resolve(felix));
    Path manifest = home.resolve("app/META-INF/MANIFEST.MF");
    String lines = Files.readString(manifest).replaceAll("\\R ", "");
    assertTrue(lines.contains("jar/" + felix), lines);
    Files.writeString(manifest, lines.replace(felix, name));
    Launched listed = Launched.of(home, folder, Map.of(), "list", "fusion").exits(0);
    assertTrue(listed.out().contains("product"), listed.out());
  }

  private static String felix(Path jars) throws IOException {
    try (Stream<Path> all = Files.list(jars)) {
      return all.map(file -> file.getFileName().toString())
          .filter(file -> file.matches("org\\.apache\\.felix\\.framework-.*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
