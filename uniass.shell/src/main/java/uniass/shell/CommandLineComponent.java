/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.io.PrintStream;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.api.data.SampleFactory;
import uniass.api.experiment.CommandLine;
import uniass.api.experiment.Experiments;
import uniass.api.export.ModelExport;
import uniass.api.inspection.Inspection;
import uniass.lab.Studies;

/** Publishes {@link CommandLine}. */
@Component(service = CommandLine.class)
public final class CommandLineComponent implements CommandLine {

  private final Commands commands;

  /** Creates the component. */
  @Activate
  public CommandLineComponent(
      @Reference Experiments experiments,
      @Reference Inspection inspection,
      @Reference SampleFactory samples,
      @Reference Studies studies,
      @Reference ModelExport export) {
    commands = new Commands(new Toolbox(experiments, inspection, samples, studies, export));
  }

  @Override
  public int run(List<String> arguments, PrintStream out, PrintStream err) {
    return commands.run(arguments, out, err);
  }

  @Override
  public List<String> commands() {
    return commands.commands();
  }
}
