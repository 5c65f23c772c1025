/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import uniass.api.UniassException;
import uniass.api.experiment.CommandLine;
import uniass.io.Outputs;
import uniass.shell.verb.Words;

@Command(
    name = "new-plugin",
    description = {
      "Writes a plug-in bundle of one class that works as it is, to change as you like.",
      "It builds outside this tree, with Maven."
    },
    footer = {"", "Example: uniass new-plugin loss my-loss"})
final class NewPluginVerb extends Verb {

  @Parameters(index = "0", paramLabel = "TYPE", description = "what 'uniass list' has as a type")
  private String type;

  @Parameters(index = "1", paramLabel = "NAME", description = "its name, such as my-loss")
  private String name;

  @Option(names = "--out", paramLabel = "DIR", description = "a new folder; default: NAME")
  private Path out;

  NewPluginVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    Words.check(spec, "type", type, PluginTemplate.TYPES);
    if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      throw new ParameterException(
          spec.commandLine(),
          "'"
              + name
              + "' is not a plug-in's name; write small letters, digits and dashes: my-loss");
    }
    if (tools.experiments().plugins().stream()
        .anyMatch(p -> p.type().equals(type) && p.name().equals(name))) {
      throw new UniassException(
          "there is a " + type + " '" + name + "' already; choose another name");
    }
    Path folder = out == null ? Path.of(name) : out;
    Outputs.create(folder, false, "choose another folder with --out");
    PluginTemplate template = new PluginTemplate(type, name);
    template.write(folder, Optional.ofNullable(System.getProperty("uniass.home")).map(Path::of));
    Path source = folder.resolve(template.classFile());
    print(
        Map.of("out", folder, "class", source),
        String.join(
            System.lineSeparator(),
            "wrote " + source,
            "build it: cd " + folder + " && mvn package",
            "use it:   copy "
                + folder.resolve("target/" + name + "-1.0.0.jar")
                + " into "
                + Optional.ofNullable(System.getProperty("felix.fileinstall.dir"))
                    .orElse("the folder plugins")
                + ", and name '"
                + name
                + "' in an experiment"));
    return CommandLine.DONE;
  }
}
