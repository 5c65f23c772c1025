/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.Batch;
import uniass.api.data.DataLoader;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.MapFit;
import uniass.api.network.NetworkShape;
import uniass.inference.experiment.ExperimentSpec;
import uniass.runner.queue.RunControl;
import uniass.runner.queue.Services;

/** Fits the map filter of a trained network to normal images that it did not learn from. */
public final class MapFilterFit {

  /** So many of a category's training images say what the category looks like. */
  private static final int KNOWN = 32;

  private final Services services;
  private final ExperimentSpec spec;
  private final Device device;
  private final RunControl control;

  MapFilterFit(Services services, ExperimentSpec spec, Device device, RunControl control) {
    this.services = services;
    this.spec = spec;
    this.device = device;
    this.control = control;
  }

  /** What speaks against fitting the filter with the images of a data set, if anything does. */
  public static Optional<Problem> foresee(
      ExperimentSpec spec, Dataset dataset, AnomalyNetwork network) {
    TrainingImages images;
    try {
      images = TrainingImages.of(dataset, spec.train(), spec.calibrate().heldOut());
    } catch (UniassException e) {
      return Optional.empty(); // a category without images, which is a problem of its own
    }
    return refusal(spec, images, network).map(line -> Problem.error("model.map-filter", line));
  }

  /** Says why the network's map filter cannot be fitted; nothing if it can, or if it is not. */
  static Optional<String> refusal(
      ExperimentSpec spec, TrainingImages images, AnomalyNetwork network) {
    if (network.mapFitting().isEmpty() || !images.calibration().ofMapFilter().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "'%s' is fitted to normal images that are held out, two of a category at least, and there"
                .formatted(spec.model().mapFilter().name())
            + " are none: "
            + (spec.calibrate().heldOut() == 0
                ? "calibrate.held-out is 0; set it to 0.2, or leave it out"
                : "give a category 20 training images at least, raise calibrate.held-out, or give"
                    + " the data set validation images"));
  }

  /**
   * Fits the filter.
   *
   * @return what the user should know, one line each
   */
  List<String> fit(AnomalyNetwork network, TrainingImages images) {
    MapFit fit = network.mapFitting().orElseThrow().begin();
    each(
        network,
        services.images(spec).parts(images.calibration().ofMapFilter()),
        (batch, categories) -> {
          fit.know(batch, categories);
          network.anomalyMaps(batch, fit.watching(categories));
        });
    each(network, known(images.train()), fit::know);
    return fit.finish();
  }

  /** A few of each category. */
  private static List<Image> known(List<Image> images) {
    Map<String, List<Image>> byCategory =
        images.stream()
            .collect(Collectors.groupingBy(Image::category, TreeMap::new, Collectors.toList()));
    List<Image> known = new ArrayList<>();
    byCategory.values().forEach(own -> known.addAll(NormalDescription.spread(own, KNOWN)));
    return known;
  }

  private void each(
      AnomalyNetwork network, List<Image> images, BiConsumer<NDArray, List<String>> work) {
    NetworkShape shape = network.shape();
    int done = 0;
    try (DataLoader batches =
        services
            .images()
            .sequence(
                spec.dataset().root(),
                images,
                spec.dataset().batches(network.normalization(), spec.evaluate().batch(), false))) {
      while (true) {
        try (Batch batch = batches.next();
            NDManager manager = services.engine().newManager(device)) {
          if (batch == null) {
            return;
          }
          if (control.stopCause().isPresent()) {
            throw control.stopped(Calibration.TRAINED);
          }
          control.step("fitting the map filter", ++done, batches.batches());
          Shape size = new Shape(batch.size(), 3, shape.imageHeight(), shape.imageWidth());
          work.accept(
              manager.create(batch.values(), size, DataType.FLOAT32),
              batch.images().stream().map(Image::category).toList());
        }
      }
    }
  }
}
