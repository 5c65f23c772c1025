/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uniass.api.experiment.CommandLine;
import uniass.api.export.Agreement;

@Command(
    name = "verify",
    description = {
      "Repeats the check that an exported model records.",
      "It passes if the file is what was written, and gives the same results here."
    },
    footer = {"", "Example: uniass verify model.onnx"})
final class VerifyVerb extends Verb {

  @Parameters(index = "0", paramLabel = "FILE", description = "a file that export wrote")
  private Path file;

  VerifyVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    Agreement agreement = tools.export().verify(file);
    print(ExportVerb.result(file, agreement), ExportVerb.text(file, agreement));
    return CommandLine.DONE;
  }
}
