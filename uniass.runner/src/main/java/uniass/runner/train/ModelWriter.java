/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uniass.api.experiment.Experiments.TrainingOptions;
import uniass.api.metric.ThresholdCalibrator.Calibrated;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.experiment.ExperimentSpec;
import uniass.runner.queue.RunControl;
import uniass.runner.queue.Services;
import uniass.runner.train.TrainingImages.CalibrationImages;

/** Finishes a trained network: fits its map filter, finds thresholds, writes the model file. */
final class ModelWriter {

  private final Services services;
  private final ExperimentSpec spec;
  private final RunControl control;
  private final Path file;

  ModelWriter(Services services, ExperimentSpec spec, RunControl control, Path file) {
    this.services = services;
    this.spec = spec;
    this.control = control;
    this.file = file;
  }

  /**
   * Writes the model file.
   *
   * @param provenance where it comes from, as JSON
   * @return what the user should know of it
   */
  List<String> write(
      TrainingCourse course, Map<String, String> description, Optional<String> provenance) {
    TrainStep step = course.step();
    AnomalyNetwork network = step.network();
    TrainingImages images = course.images();
    Optional<MapFilterFit> mapFilter =
        network
            .mapFitting()
            .map(fitting -> new MapFilterFit(services, spec, step.device(), control, images));
    Calibration calibration = new Calibration(services, spec, step.device(), control, mapFilter);
    boolean memorizes = network.fitting().isPresent();
    int folds = spec.calibrate().folds();
    CalibrationImages normal = images.calibration().judged(memorizes, folds);
    boolean inFolds = memorizes && images.calibration().unmemorized().inFolds(folds);
    Calibrated calibrated =
        inFolds
            ? new FoldCalibration(services, spec, step.device(), control, course.parts())
                .calibrate(network, images, calibration)
            : calibration.calibrate(network, normal);
    List<String> notes = new ArrayList<>(calibrated.notes());
    mapFilter.flatMap(MapFilterFit::note).ifPresent(notes::add);

    Map<String, String> metadata = new LinkedHashMap<>(description);
    metadata.putAll(calibration.metadata(calibrated, normal));
    metadata.putAll(
        new NormalDescription(services, spec, step)
            .metadata(images.calibration().all(), calibration.scores()));
    provenance.ifPresent(json -> metadata.put(TrainingOptions.PROVENANCE, json));
    control.step("writing the model", 0, 0);
    services.checkpoints().write(file, services.checkpoints().save(network.parameters()), metadata);
    return notes;
  }
}
