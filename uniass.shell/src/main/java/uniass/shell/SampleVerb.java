/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uniass.api.data.SampleFactory;
import uniass.api.experiment.CommandLine;
import uniass.io.Outputs;

@Command(
    name = "sample",
    description = "Draws the sample factory's data set, in the MVTec AD layout.",
    footer = {"", "Example: uniass sample --out data/sample --train 60 --test 30 --size 256"})
final class SampleVerb extends Verb {

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "a new folder")
  private Path out;

  @Option(names = "--seed", paramLabel = "N", description = "random seed; default 1")
  private long seed = 1;

  @Option(
      names = "--train",
      paramLabel = "N",
      description = "training images per category; default 60")
  private int train = 60;

  @Option(names = "--test", paramLabel = "N", description = "test images per category; default 30")
  private int test = 30;

  @Option(names = "--size", paramLabel = "PX", description = "height and width; default 256")
  private int size = 256;

  SampleVerb(Toolbox tools, Terminal terminal, ConsoleProgress progress) {
    super(tools, terminal, progress);
  }

  @Override
  public Integer call() {
    Outputs.probe(out, true, "");
    tools.samples().write(out, new SampleFactory.Options(seed, train, test, size), progress());
    print(Map.of("out", out), out.toString());
    return CommandLine.DONE;
  }
}
