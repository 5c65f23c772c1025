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
   * adapter for Jakarta's servlets, because Karaf's HTTP service has the older javax.
   */
  private static final Pattern KARAFS =
      Pattern.compile(
          "(biz\\.aQute\\.launcher|jline|org\\.apache\\.felix\\.(configadmin|eventadmin|fileinstall"
              + "|framework|gogo\\.\\w+|http\\.[\\w-]+|metatype)|org\\.osgi\\.(service\\.log|util\\.\\w+)"
              + "|slf4j-\\w+|uniass\\.app|uniass\\.gateway\\.(jakarta|serve))-\\d.*");

  private static final Pattern BUNDLE =
      Pattern.compile("<bundle[^>]*>mvn:([^/]+)/([^/]+)/([^<]+)</bundle>");

  /** Karaf's adapter for servlets, which the distribution does not have. */
  private static final String JAVAX = "uniass.gateway.javax-%s.jar";

  /** Begins what the archive carries of Karaf's own features. */
  private static final String OFFLINE = "<feature name=\"uniass-offline\"";

  @Test
  void hasTheDistributionsBundles() throws IOException {
    Set<String> expected;
    try (Stream<Path> jars = Files.list(Launched.HOME.resolve("app/jar"))) {
      expected =
          jars.map(jar -> jar.getFileName().toString())
              .filter(name -> !KARAFS.matcher(name).matches())
              .collect(Collectors.toCollection(TreeSet::new));
    }
    expected.add(JAVAX.formatted(System.getProperty("uniass.version")));
    try (ZipFile archive = new ZipFile(System.getProperty("uniass.kar"))) {
      List<String> entries = archive.stream().map(ZipEntry::getName).toList();
      String features = entries.stream().filter(e -> e.endsWith("-features.xml")).findFirst().get();
      String text;
      try (InputStream in = archive.getInputStream(archive.getEntry(features))) {
        text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      int offline = text.indexOf(OFFLINE);
      assertTrue(offline > 0, text);
      assertEquals(expected, jars(text.substring(0, offline), entries));
      expected.addAll(jars(text.substring(offline), entries));
      assertEquals(
          expected,
          entries.stream()
              .filter(name -> name.endsWith(".jar"))
              .map(name -> name.substring(name.lastIndexOf('/') + 1))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  /** The jars that features name, each of which the archive must have. */
  private static Set<String> jars(String features, List<String> entries) {
    Set<String> jars = new TreeSet<>();
    BUNDLE
        .matcher(features)
        .results()
        .forEach(
            b -> {
              String jar = "%s-%s.jar".formatted(b.group(2), b.group(3));
              String entry =
                  "repository/%s/%s/%s/%s"
                      .formatted(b.group(1).replace('.', '/'), b.group(2), b.group(3), jar);
              assertTrue(entries.contains(entry), entry);
              assertTrue(jars.add(jar), jar);
            });
    return jars;
  }
}
