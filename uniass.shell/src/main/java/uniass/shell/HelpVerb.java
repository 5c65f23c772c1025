/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import uniass.api.experiment.CommandLine;
import uniass.api.experiment.PluginInfo;
import uniass.api.experiment.SettingInfo;
import uniass.inference.plugin.Nearest;

@Command(
    name = "help",
    helpCommand = true,
    description = {
      "Explains a command, a setting of experiments, a group of them, or a plug-in.",
      "'experiment' stands for all settings."
    },
    footer = {"", "Example: uniass help train.schedule"})
final class HelpVerb extends Verb {

  private static final String EXPERIMENT = "experiment";

  @Parameters(
      arity = "0..1",
      paramLabel = "WORD",
      description = "a command, 'experiment', a setting such as train.epochs, or a plug-in")
  private String word;

  HelpVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    picocli.CommandLine root = spec.commandLine().getParent();
    picocli.CommandLine command = word == null ? root : root.getSubcommands().get(word);
    if (command != null) {
      command.usage(terminal.out());
      return CommandLine.DONE;
    }
    List<SettingInfo> all = tools.experiments().settings();
    List<SettingInfo> chosen = all.stream().filter(this::isMeant).toList();
    List<PluginInfo> plugins =
        tools.experiments().plugins().stream().filter(p -> p.name().equals(word)).toList();
    if (chosen.isEmpty() && plugins.isEmpty()) {
      throw unknown(root, all);
    }
    List<SettingInfo> shown = new ArrayList<>(chosen);
    StringBuilder text = new StringBuilder(chosen.isEmpty() ? "" : table(chosen));
    for (PluginInfo plugin : plugins) {
      List<SettingInfo> own = tools.experiments().settings(plugin);
      text.append("%s '%s': %s%n".formatted(plugin.type(), word, plugin.description()));
      text.append(own.isEmpty() ? "no settings%n".formatted() : table(own));
      shown.addAll(own);
    }
    print(Map.of("settings", shown), text.toString());
    return CommandLine.DONE;
  }

  private boolean isMeant(SettingInfo setting) {
    return word.equals(EXPERIMENT)
        || setting.key().equals(word)
        || setting.key().startsWith(word + ".");
  }

  private static String table(List<SettingInfo> settings) {
    TextTable table = new TextTable().row(List.of("setting", "default", "description", "values"));
    settings.forEach(
        s -> table.row(List.of(s.key(), s.defaultValue(), s.description(), s.values())));
    return table.text(true);
  }

  private ParameterException unknown(picocli.CommandLine root, List<SettingInfo> settings) {
    List<String> known =
        Stream.of(
                root.getSubcommands().keySet().stream(),
                settings.stream().map(SettingInfo::key),
                tools.experiments().plugins().stream().map(PluginInfo::name))
            .flatMap(names -> names)
            .toList();
    return new ParameterException(
        spec.commandLine(),
        "'"
            + word
            + "' is not a command, a setting or a plug-in"
            + Nearest.hint(word, known)
            + "; 'uniass help experiment' shows all settings");
  }
}
