/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.io.PrintStream;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import uniass.api.data.Images;
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

  @Reference(policyOption = ReferencePolicyOption.GREEDY)
  private List<VerbFactory> more;

  @Reference private Experiments experiments;
  @Reference private Inspection inspection;
  @Reference private Images images;
  @Reference private SampleFactory samples;
  @Reference private Studies studies;
  @Reference private ModelExport export;

  @Override
  public int run(List<String> arguments, PrintStream out, PrintStream err) {
    return verbs().run(arguments, out, err);
  }

  @Override
  public List<String> commands() {
    return verbs().commands();
  }

  private Commands verbs() {
    return new Commands(
        new Toolbox(experiments, inspection, images, samples, studies, export), more);
  }
}
