/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uniass.api.experiment.Experiment;

/** The experiment that a command is about, with the settings that it replaces. */
final class ExperimentSource {

  @Parameters(paramLabel = "EXPERIMENT", description = "a YAML file, or the name of a shipped one")
  private String experiment;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "replaces a setting")
  private List<String> overrides = new ArrayList<>();

  Experiment read(Toolbox tools) {
    return tools.experiments().read(experiment, overrides);
  }
}
