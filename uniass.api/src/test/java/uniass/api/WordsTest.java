/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Java, Markdown and YAML keep to the words of CONTRIBUTING.md: see {@code cnf/words.txt}. */
class WordsTest {

  private static final Path TREE = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern READ = Pattern.compile(".*\\.(java|md|yaml)");
  private static final Pattern SKIPPED =
      Pattern.compile(
          "(.*/)?(target|runs|plugins|\\.[^/]+)/.*|CONTRIBUTING\\.md|.*/OldWordsTest\\.java");

  private record Rule(Pattern out, String instead) {}

  private final List<Rule> rules = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> found = new ArrayList<>();

  @Test
  void wordsThatAreOutStayOut() throws IOException {
    for (String line : Files.readAllLines(TREE.resolve("cnf/words.txt"))) {
      String[] fields = line.split("\\s*->\\s*", 2);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      } else if (fields.length == 2) {
        rules.add(new Rule(Pattern.compile(fields[0]), fields[1]));
      } else {
        names.add(line.strip());
      }
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(TREE)) {
      files = all.filter(WordsTest::isRead).sorted().toList();
    }
    assertTrue(files.size() > 500, files.size() + " files under " + TREE);
    for (Path file : files) {
      check(file);
    }
    assertEquals("", String.join("\n", found));
  }

  private static boolean isRead(Path file) {
    String name = TREE.relativize(file).toString();
    return READ.matcher(name).matches() && !SKIPPED.matcher(name).matches();
  }

  private void check(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).toLowerCase(Locale.ROOT);
      for (String name : names) {
        line = line.replace(name, "");
      }
      for (Rule rule : rules) {
        Matcher matcher = rule.out.matcher(line);
        if (matcher.find()) {
          found.add(
              "%s:%d: '%s'; write %s"
                  .formatted(TREE.relativize(file), i + 1, matcher.group(), rule.instead));
        }
      }
    }
  }
}
