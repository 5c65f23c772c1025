/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
import uniass.inference.experiment.TrainSpec;
import uniass.runner.queue.RunControl;
import uniass.runner.queue.Services;

/** Fits the map filter of a trained network to normal images that it did not learn from. */
public final class MapFilterFit {

  /** Of a category with fewer held-out images, maps stay as they are. */
  private static final int FEWEST = 4;

  /** So many of a category's training images say what the category looks like. */
  private static final int KNOWN = 32;

  private final Services services;
  private final ExperimentSpec spec;
  private final Device device;
  private final RunControl control;
  private final TrainingImages images;

  MapFilterFit(
      Services services,
      ExperimentSpec spec,
      Device device,
      RunControl control,
      TrainingImages images) {
    this.services = services;
    this.spec = spec;
    this.device = device;
    this.control = control;
    this.images = images;
  }

  /**
   * Held-out images that are scored with a filter which was fitted to others.
   *
   * @param images to be scored
   * @param others to be fitted to
   */
  record Half(List<Image> images, List<Image> others) {}

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
    if (network.mapFitting().isEmpty() || !suited(images.calibration().unseen()).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "'%s' is fitted to normal images that are held out, %d of a category at least, and no"
                .formatted(spec.model().mapFilter().name(), FEWEST)
            + " category has so many: "
            + more(spec));
  }

  private static String more(ExperimentSpec spec) {
    if (spec.train().select() == TrainSpec.Select.NORMAL_SPLIT) {
      return "give one more training images, or raise train.held-out";
    }
    return spec.calibrate().heldOut() == 0
        ? "calibrate.held-out is 0; set it to 0.2, or leave it out"
        : "give one 20 training images at least, raise calibrate.held-out, or give the data set"
            + " validation images";
  }

  /** The images of categories that have enough of them. */
  private static List<Image> suited(List<Image> heldOut) {
    Map<String, List<Image>> byCategory = byCategory(heldOut);
    return heldOut.stream()
        .filter(image -> byCategory.get(image.category()).size() >= FEWEST)
        .toList();
  }

  private static Map<String, List<Image>> byCategory(List<Image> images) {
    return images.stream()
        .collect(Collectors.groupingBy(Image::category, TreeMap::new, Collectors.toList()));
  }

  /** What the user should know: which categories the filter does not change, if there are such. */
  Optional<String> note() {
    Set<String> left = new TreeSet<>(images.categories());
    suited(images.calibration().unseen()).forEach(image -> left.remove(image.category()));
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "map filter '%s' leaves categories as they are that have fewer than %d held-out normal"
                    .formatted(spec.model().mapFilter().name(), FEWEST)
                + " images: "
                + String.join(", ", left));
  }

  /** Deals held-out images into halves, each category in turn. */
  List<Half> halves(List<Image> heldOut) {
    List<Image> even = new ArrayList<>();
    List<Image> odd = new ArrayList<>();
    for (List<Image> category : byCategory(heldOut).values()) {
      for (int i = 0; i < category.size(); i++) {
        (i % 2 == 0 ? even : odd).add(category.get(i));
      }
    }
    return List.of(new Half(even, odd), new Half(odd, even));
  }

  /** Fits the filter to the maps of held-out images; those of small categories are left out. */
  void fit(AnomalyNetwork network, List<Image> heldOut) {
    Set<Image> suited = new HashSet<>(suited(images.calibration().unseen()));
    try (MapFit fit = network.mapFitting().orElseThrow().begin()) {
      each(
          network,
          services.images(spec).parts(heldOut.stream().filter(suited::contains).toList()),
          (batch, categories) -> {
            fit.add(batch, categories);
            network.anomalyMaps(batch, fit.watching(categories));
          });
      each(network, known(images.train()), fit::add);
      fit.finish();
    }
  }

  /** A few of each category. */
  private static List<Image> known(List<Image> images) {
    List<Image> known = new ArrayList<>();
    byCategory(images).values().forEach(own -> known.addAll(NormalDescription.spread(own, KNOWN)));
    return known;
  }

  private void each(
      AnomalyNetwork network, List<Image> some, BiConsumer<NDArray, List<String>> work) {
    NetworkShape shape = network.shape();
    int done = 0;
    try (DataLoader batches =
        services
            .images()
            .sequence(
                spec.dataset().root(),
                some,
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
