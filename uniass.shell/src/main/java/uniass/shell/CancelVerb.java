/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uniass.api.UniassException;
import uniass.api.experiment.CommandLine;
import uniass.api.experiment.RunInfo;

@Command(
    name = "cancel",
    description = "Ends a run at its next batch, with a checkpoint; without RUN, lists the runs.",
    footer = {"", "Example: uniass cancel demo-1"})
final class CancelVerb extends Verb {

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "the run's identifier")
  private String run;

  CancelVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    List<RunInfo> runs = tools.experiments().runs();
    if (run == null) {
      TextTable table = new TextTable();
      runs.forEach(r -> table.row(List.of(r.id(), r.task(), r.experiment(), r.state())));
      print(Map.of("runs", runs), runs.isEmpty() ? "no runs" : table.text(true));
      return CommandLine.DONE;
    }
    if (!tools.experiments().cancel(run)) {
      throw new UniassException(
          "no run '"
              + run
              + "'"
              + (runs.isEmpty()
                  ? "; no runs are active"
                  : "; runs: " + String.join(", ", runs.stream().map(RunInfo::id).toList())));
    }
    print(Map.of("canceled", run), run + " ends at its next batch");
    return CommandLine.DONE;
  }
}
