/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The archive for Karaf holds the distribution's bundles, less what Karaf itself has. */
class KarafArchiveIT {

  /**
   * Bundles of the distribution whose part Karaf plays, the distribution's own front, and the
   * gateway, whose servlets are Jakarta's where Karaf's HTTP service has the older javax.
   */
  private static final Pattern KARAFS =
      Pattern.compile(
          "(biz\\.aQute\\.launcher|jline|org\\.apache\\.felix\\.(configadmin|eventadmin|fileinstall"
              + "|framework|gogo\\.\\w+|http\\.[\\w-]+|metatype)|org\\.osgi\\.(service\\.log|util\\.\\w+)"
              + "|slf4j-\\w+|uniass\\.app|uniass\\.gateway(\\.\\w+)?)-\\d.*");

  private static final Pattern BUNDLE =
      Pattern.compile("<bundle[^>]*>mvn:([^/]+)/([^/]+)/([^<]+)</bundle>");

  @Test
  void hasTheDistributionsBundles() throws IOException {
    Set<String> expected;
    try (Stream<Path> jars = Files.list(Launched.HOME.resolve("app/jar"))) {
      expected =
          jars.map(jar -> jar.getFileName().toString())
              .filter(name -> !KARAFS.matcher(name).matches())
              .collect(Collectors.toCollection(TreeSet::new));
    }
    try (ZipFile archive = new ZipFile(System.getProperty("uniass.kar"))) {
      List<String> entries = archive.stream().map(ZipEntry::getName).toList();
      assertEquals(
          expected,
          entries.stream()
              .filter(name -> name.endsWith(".jar"))
              .map(name -> name.substring(name.lastIndexOf('/') + 1))
              .collect(Collectors.toCollection(TreeSet::new)));

      String features = entries.stream().filter(e -> e.endsWith("-features.xml")).findFirst().get();
      List<MatchResult> bundles;
      try (InputStream in = archive.getInputStream(archive.getEntry(features))) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        bundles = BUNDLE.matcher(text).results().toList();
      }
      assertEquals(expected.size(), bundles.size());
      for (MatchResult b : bundles) {
        String jar =
            "repository/%s/%s/%s/%s-%s.jar"
                .formatted(
                    b.group(1).replace('.', '/'), b.group(2), b.group(3), b.group(2), b.group(3));
        assertTrue(entries.contains(jar), jar);
      }
    }
  }
}
