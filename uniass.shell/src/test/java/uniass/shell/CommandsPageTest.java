/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the reference page of the commands against the commands. */
class CommandsPageTest {

  private static final Path PAGE = Path.of("../docs/reference/commands.md");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)([^`]*)` \\|.*");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

  /** Those that the page explains once for all commands. */
  private static final Set<String> COMMON = Set.of("--help", "--debug", "--json", "--version");

  /** Commands of other bundles, and of the script. */
  private static final Set<String> ELSEWHERE = Set.of("bench", "doctor", "model", "serve");

  @Test
  void namesEveryCommandWithItsOptions() throws IOException {
    Map<String, Set<String>> described = new TreeMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !ELSEWHERE.contains(row.group(1))) {
        described.put(row.group(1), options(row.group(2)));
      }
    }
    Console console = new Console();
    Map<String, Set<String>> real = new TreeMap<>();
    for (String command : console.commands().commands()) {
      if (!command.equals("help")) {
        console.run("help", command);
        real.put(command, options(console.out().split("\n\n")[0]));
      }
    }
    assertEquals(real, described);
  }

  private static Set<String> options(String text) {
    Set<String> result = new TreeSet<>();
    OPTION.matcher(text).results().map(MatchResult::group).forEach(result::add);
    result.removeAll(COMMON);
    return result;
  }
}
