/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import uniass.api.experiment.PluginInfo;
import uniass.api.experiment.SettingInfo;
import uniass.inference.testing.PlainPlugins;

/**
 * Holds the reference pages against the declarations. To write them anew: {@code mvn -pl
 * uniass.inference -am test -Dtest=ReferencePagesTest -Duniass.write=true
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ReferencePagesTest {

  private static final Path FOLDER = Path.of("..", "docs", "reference");
  private static final String GENERATED =
      "<!-- generated from the declarations: see ReferencePagesTest -->\n";

  private final PlainPlugins plugins = new PlainPlugins();
  private final SettingsReference reference = new SettingsReference(plugins);

  @Test
  void settingsOfExperiments() throws IOException {
    StringBuilder page = new StringBuilder("# Settings of experiments\n\n" + GENERATED);
    page.append(
        """

        An experiment is one YAML file; only `dataset.root` is required. A plug-in is its name, or a map with `name` and the
        settings that it declares ([plug-ins](plugins.md)). `--set KEY=VALUE` replaces a setting;
        `uniass help KEY` shows it.
        """);
    String section = "";
    for (SettingInfo setting : reference.experiment()) {
      String top = setting.key().split("\\.")[0];
      if (setting.key().equals(top) && setting.values().isEmpty()) {
        section = top;
        page.append("\n## %s: %s\n\n".formatted(top, setting.description())).append(header());
      } else {
        if (section.isEmpty()) {
          section = top;
          page.append('\n').append(header());
        }
        page.append(row(setting));
      }
    }
    hold("experiments.md", page.toString());
  }

  @Test
  void settingsOfPlugins() throws IOException {
    StringBuilder page = new StringBuilder("# Plug-ins and their settings\n\n" + GENERATED);
    String type = "";
    for (PluginInfo plugin : plugins.list()) {
      if (!plugin.type().equals(type)) {
        type = plugin.type();
        page.append("\n## %s\n".formatted(type));
      }
      page.append("\n**`%s`**: %s\n".formatted(plugin.name(), plugin.description()));
      List<SettingInfo> settings = reference.plugin(plugin);
      if (!settings.isEmpty()) {
        page.append('\n').append(header());
        settings.forEach(s -> page.append(row(s)));
      }
    }
    hold("plugins.md", page.toString());
  }

  private static String header() {
    return "| setting | default | description | values |\n|---|---|---|---|\n";
  }

  private static String row(SettingInfo s) {
    String standard = s.defaultValue().isEmpty() ? "" : "`" + s.defaultValue() + "`";
    return "| `%s` | %s | %s | %s |\n".formatted(s.key(), standard, s.description(), s.values());
  }

  private static void hold(String name, String expected) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("uniass.write")) {
      Files.writeString(file, expected);
    }
    assertEquals(expected, Files.readString(file), name);
  }
}
