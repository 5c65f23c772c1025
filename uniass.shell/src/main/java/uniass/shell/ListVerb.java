/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uniass.api.experiment.CommandLine;
import uniass.api.experiment.PluginInfo;
import uniass.shell.verb.Words;

@Command(
    name = "list",
    description = "Lists the plug-ins: type, name, bundle, description.",
    footer = {"", "Example: uniass list gated-cnn"})
final class ListVerb extends Verb {

  @Parameters(
      arity = "0..1",
      paramLabel = "TYPE",
      description = "only this type, such as gated-cnn")
  private String type;

  ListVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    List<PluginInfo> all = tools.experiments().plugins();
    List<String> types = all.stream().map(PluginInfo::type).distinct().toList();
    if (type != null) {
      Words.check(spec, "type", type, types);
    }
    List<PluginInfo> chosen =
        all.stream().filter(p -> type == null || p.type().equals(type)).toList();
    TextTable table = new TextTable();
    chosen.forEach(p -> table.row(List.of(p.type(), p.name(), p.bundle(), p.description())));
    print(Map.of("plugins", chosen), table.text(true));
    return CommandLine.DONE;
  }
}
