/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.evaluate;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.Mask;
import uniass.api.data.Painting;
import uniass.api.data.Split;
import uniass.api.experiment.Experiments.FoundDefects;
import uniass.api.metric.ImageScore;
import uniass.api.metric.Threshold;
import uniass.api.metric.ThresholdCalibrator;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.model.Composer;
import uniass.inference.model.ModelLoader.LoadedModel;
import uniass.inference.pipeline.DatasetImages.Truth;
import uniass.inference.pipeline.Devices;
import uniass.inference.pipeline.MapSink;
import uniass.inference.pipeline.NetworkMaps;
import uniass.inference.pipeline.Pipeline;
import uniass.inference.plugin.PartsInUse;
import uniass.runner.dataset.DatasetLoader;
import uniass.runner.queue.RunControl;
import uniass.runner.queue.Services;
import uniass.tensor.Seeds;

/**
 * Paints a defect on normal images, several times if there are few, and counts by size which of
 * them a model finds: those with a pixel above the threshold of the category, in an image whose
 * score reaches it, too.
 */
public final class SyntheticSearch {

  /** Defects to paint at least, if that takes no more rounds than the most. */
  private static final int ENOUGH = 400;

  private static final int MOST_ROUNDS = 20;

  /** Where size classes end, in pixels. */
  private static final int[] ENDS = {3, 5, 8, 12, 20, 32, 64, Integer.MAX_VALUE};

  private final Services services;
  private final ExperimentSpec spec;
  private final RunControl control;
  private final int[] painted = new int[ENDS.length];
  private final int[] found = new int[ENDS.length];

  /** Searches as part of a run. */
  public SyntheticSearch(Services services, ExperimentSpec spec, RunControl control) {
    this.services = services;
    this.spec = spec;
    this.control = control;
  }

  /** Searches with a model. */
  public List<FoundDefects> run(Path file) {
    Device device = Devices.find(services.engine(), spec.train().device());
    try (PartsInUse parts = new PartsInUse(services.plugins());
        LoadedModel model = services.models().open(file, Optional.of(spec), device)) {
      Map<String, Threshold> thresholds = model.metadata().thresholds();
      if (thresholds.isEmpty()) {
        throw new UniassException(
            file
                + ": has no thresholds, so that nothing can be said to be found; take a model"
                + " that 'train' wrote");
      }
      List<Image> normal = normal(DatasetLoader.read(spec.dataset(), parts));
      int rounds = Math.min(MOST_ROUNDS, Math.max(1, ENOUGH / Math.max(1, normal.size())));
      for (int round = 0; round < rounds; round++) {
        long seed = Seeds.of(spec.train().seed(), round);
        Painting painting = new Painting(Composer.singlePainter(parts, spec), 1, seed);
        search(model, normal, painting, new Round(round, rounds, normal.size()));
      }
    }
    return result();
  }

  /** The images that the model has not seen, if there are some. */
  private static List<Image> normal(Dataset dataset) {
    List<Image> normal =
        dataset.images().stream().filter(image -> image.label() == Label.NORMAL).toList();
    List<Image> unseen = normal.stream().filter(image -> image.split() != Split.TRAIN).toList();
    if (normal.isEmpty()) {
      throw new UniassException("the data set has no normal images to paint defects on");
    }
    return unseen.isEmpty() ? normal : unseen;
  }

  /** How far the search is. */
  private record Round(int number, int rounds, int images) {}

  private void search(LoadedModel model, List<Image> normal, Painting painting, Round round) {
    Map<String, Threshold> thresholds = model.metadata().thresholds();
    ImageScore score = model.metadata().imageScore();
    Optional<String> stopped =
        new Pipeline(new NetworkMaps(services.engine(), model.device(), model.network()))
            .run(
                services
                    .images(spec)
                    .painted(
                        normal,
                        spec.dataset()
                            .batches(
                                model.network().normalization(), spec.evaluate().batch(), false),
                        painting),
                new MapSink<Truth>() {
                  @Override
                  public void accept(Truth truth, AnomalyMap map) {
                    Threshold threshold =
                        thresholds.getOrDefault(
                            truth.image().category(), thresholds.get(ThresholdCalibrator.ALL));
                    boolean anomalous = threshold.anomalous(score.of(map.values()));
                    count(
                        truth.mask().orElseThrow(),
                        map,
                        anomalous ? threshold.value() : Double.POSITIVE_INFINITY);
                  }

                  @Override
                  public Optional<String> stopCause() {
                    return control.stopCause();
                  }

                  @Override
                  public void done(int images) {
                    int before = round.number * round.images;
                    control.step(
                        "looking for painted defects",
                        before + images,
                        round.rounds * round.images);
                  }
                });
    if (stopped.isPresent()) {
      throw control.stopped("");
    }
  }

  private void count(Mask mask, AnomalyMap map, double threshold) {
    int area = 0;
    boolean seen = false;
    for (int i = 0; i < mask.values().length; i++) {
      if (mask.values()[i] != 0) {
        area++;
        seen |= map.values()[i] > threshold;
      }
    }
    double size = Math.sqrt(area);
    int k = 0;
    while (size >= ENDS[k]) {
      k++;
    }
    painted[k]++;
    found[k] += seen ? 1 : 0;
  }

  private List<FoundDefects> result() {
    List<FoundDefects> rows = new ArrayList<>();
    for (int k = 0; k < ENDS.length; k++) {
      if (painted[k] > 0) {
        rows.add(new FoundDefects(k == 0 ? 0 : ENDS[k - 1], ENDS[k], painted[k], found[k]));
      }
    }
    return rows;
  }
}
