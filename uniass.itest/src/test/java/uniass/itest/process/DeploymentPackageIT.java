/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The deployment package for Kura is one as OSGi's Deployment Admin reads it: as a stream. */
class DeploymentPackageIT {

  private static final String NAME = "Bundle-SymbolicName";
  private static final String VERSION = "Bundle-Version";

  @Test
  void theManifestComesFirstAndSaysWhatFollows() throws IOException {
    List<String> found = new ArrayList<>();
    List<String> jars = new ArrayList<>();
    Path file = Path.of(System.getProperty("uniass.dp"));
    try (JarInputStream stream = new JarInputStream(Files.newInputStream(file))) {
      Attributes main = stream.getManifest().getMainAttributes();
      assertEquals("1", main.getValue("DeploymentPackage-ManifestVersion"));
      assertEquals("uniass.kura", main.getValue("DeploymentPackage-SymbolicName"));
      assertTrue(main.getValue("DeploymentPackage-Version").startsWith("1.0.0"));
      for (JarEntry entry = stream.getNextJarEntry();
          entry != null;
          entry = stream.getNextJarEntry()) {
        @SuppressWarnings("resource") // it would close what it reads from
        Attributes bundle = new JarInputStream(stream).getManifest().getMainAttributes();
        assertEquals(
            bundle.getValue(NAME), entry.getAttributes().getValue(NAME), entry.getName());
        assertEquals(
            bundle.getValue(VERSION), entry.getAttributes().getValue(VERSION), entry.getName());
        found.add(bundle.getValue(NAME));
        jars.add(entry.getName());
      }
      assertEquals(jars.size(), stream.getManifest().getEntries().size());
    }
    assertEquals(jars.stream().sorted().toList(), jars);
    assertTrue(found.contains("uniass.kura") && found.contains("uniass.inference"), found::toString);
    assertFalse(found.contains("uniass.kura.signatures"), "Kura has its own API");
    assertEquals(inferenceSet(), ours(found.stream()));
  }

  /** Our bundles that inspect: those that the other bundles of the package ask for. */
  private static List<String> ours(Stream<String> names) {
    return names.filter(name -> name.startsWith("uniass.") && !name.equals("uniass.kura")).toList();
  }

  /** As {@code InferenceSetTest} insists on it. */
  private static List<String> inferenceSet() throws IOException {
    List<String> set =
        List.of(
            "api", "checkpoint", "datasets", "djl", "inference", "io", "metrics", "model", "tensor");
    try (Stream<Path> files = Files.list(Launched.HOME.resolve("app/jar"))) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("-\\d.*", ""))
          .filter(
              name ->
                  name.startsWith("uniass.djl.")
                      || set.stream().anyMatch(part -> name.equals("uniass." + part)))
          .sorted()
          .toList();
    }
  }
}
