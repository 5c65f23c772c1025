/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.Models;
import uniass.inference.pipeline.Devices;
import uniass.lab.trial.FrozenStudy.FrozenPlugin;
import uniass.lab.trial.FrozenStudy.FrozenTrial;

/** Compares what is here with what a study froze. */
public final class Frost {

  private final Models models;
  private final DataContent content;
  private final PluginBytes bytes;
  private final String version;

  /**
   * Compares with these.
   *
   * @param version of the product
   */
  public Frost(Models models, DataContent content, PluginBytes bytes, String version) {
    this.models = models;
    this.content = content;
    this.bytes = bytes;
    this.version = version;
  }

  /** The version that runs. */
  public String version() {
    return version;
  }

  /** A trial's settings. */
  public ExperimentSpec spec(FrozenTrial trial) {
    return models
        .library()
        .parse("trial " + trial.name(), trial.experiment(), Path.of(""), List.of());
  }

  /** The plug-ins of experiments, as they are now. */
  public List<FrozenPlugin> plugins(ExperimentSpec... specs) {
    return bytes.of(List.of(specs));
  }

  /** Freezes what some new trials read, and says which plug-ins they use. */
  public List<FrozenPlugin> freeze(
      StudyFolder folder, Collection<ExperimentSpec> specs, Progress progress) {
    new FrozenData(folder, content).freeze(specs, progress);
    return bytes.of(specs);
  }

  /** Refuses another version of the product. */
  public void refuseOtherVersion(FrozenStudy study) {
    if (!study.version().equals(version)) {
      throw new UniassException(
          "study "
              + study.study()
              + " was frozen by version "
              + study.version()
              + ", this is "
              + version
              + ": results would not compare; use that version, or start a new study with another"
              + " --out");
    }
  }

  /**
   * Refuses to run a trial if something changed that decides its result.
   *
   * @return the hash of the data
   */
  String refuseChanges(
      StudyFolder folder, FrozenStudy study, ExperimentSpec spec, Progress progress) {
    refuseOtherVersion(study);
    bytes.refuseOther(study.plugins(), spec);
    return new FrozenData(folder, content).refuseChanged(spec, progress);
  }

  /** The hash of what an experiment reads now. */
  public String data(ExperimentSpec spec, Progress progress) {
    return content.sha256(spec, progress);
  }

  /** The device that an experiment computes on, in words. */
  String device(ExperimentSpec spec) {
    return Devices.name(Devices.find(models.engine(), spec.train().device()));
  }

  /** The machine that computes, in words. */
  public String machine() {
    return Machine.processor() + ", " + Machine.threads() + " threads";
  }
}
