/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.io.PrintStream;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import uniass.api.data.SampleFactory;
import uniass.api.experiment.CommandLine;
import uniass.api.experiment.Experiments;
import uniass.api.export.ModelExport;
import uniass.api.inspection.Inspection;
import uniass.lab.Studies;
import uniass.shell.verb.VerbFactory;

/** Publishes {@link CommandLine}. */
@Component(service = CommandLine.class)
public final class CommandLineComponent implements CommandLine {

  private final Toolbox tools;

  @Reference(policyOption = ReferencePolicyOption.GREEDY)
  private List<VerbFactory> more;

  /** Creates the component. */
  @Activate
  public CommandLineComponent(
      @Reference Experiments experiments,
      @Reference Inspection inspection,
      @Reference SampleFactory samples,
      @Reference Studies studies,
      @Reference ModelExport export) {
    tools = new Toolbox(experiments, inspection, samples, studies, export);
  }

  @Override
  public int run(List<String> arguments, PrintStream out, PrintStream err) {
    return new Commands(tools, more).run(arguments, out, err);
  }

  @Override
  public List<String> commands() {
    return new Commands(tools, more).commands();
  }
}
