/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import uniass.api.experiment.PluginInfo;
import uniass.inference.experiment.SettingsReference;
import uniass.inference.testing.PlainPlugins;

/** Holds what the Tab key offers in the shell against what there is. */
class ShellProfileTest {

  private final PlainPlugins plugins = new PlainPlugins();

  private static List<String> profile() throws IOException {
    return Files.readAllLines(Path.of("../uniass.app/etc/gosh_profile"));
  }

  private static Set<String> offered(String command) throws IOException {
    String line =
        profile().stream()
            .filter(l -> l.strip().startsWith("complete -c uniass:" + command + " -a '["))
            .findFirst()
            .orElseThrow();
    return Set.of(line.substring(line.indexOf('[') + 1, line.indexOf(']')).split(" "));
  }

  @Test
  void helpOffersCommandsAndSettings() throws IOException {
    Set<String> expected = new TreeSet<>(new Console().commands().commands());
    expected.add("experiment");
    expected.addAll(List.of("model", "serve")); // of uniass.gateway.serve
    expected.add("doctor"); // a service of its own
    expected.remove("help");
    assertEquals(expected, new TreeSet<>(offered("help")));
  }

  @Test
  void listOffersTheTypes() throws IOException {
    Set<String> types = new TreeSet<>();
    plugins.list().stream().map(PluginInfo::type).forEach(types::add);
    assertEquals(types, new TreeSet<>(offered("list")));
  }

  @Test
  void setOffersEverySetting() throws IOException {
    String keys =
        String.join(
            " ",
            new SettingsReference(plugins)
                .experiment().stream()
                    .filter(s -> !s.values().isEmpty())
                    .map(s -> s.key())
                    .toList());
    List<String> lines = profile();
    assertTrue(lines.contains("  settings = [" + keys + "]"), "  settings = [" + keys + "]");
    for (String command : List.of("demo", "check", "train", "evaluate")) {
      assertTrue(
          lines.stream()
              .anyMatch(
                  l ->
                      l.startsWith("  complete -c uniass:" + command + " -l set ")
                          && l.endsWith(" -a '$settings'")),
          command);
    }
  }

  /** Gogo takes an apostrophe for the beginning of a string, also within another one. */
  @Test
  void apostrophesComeInPairs() throws IOException {
    for (String line : profile()) {
      assertEquals(0, line.chars().filter(c -> c == '\'').count() % 2, line);
    }
  }
}
