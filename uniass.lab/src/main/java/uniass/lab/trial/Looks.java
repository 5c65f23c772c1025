/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.Split;
import uniass.api.inspection.Inspection;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.Prediction;
import uniass.api.inspection.UnreadableImageException;
import uniass.inference.experiment.ExperimentSpec;
import uniass.io.Outputs;

/** Computes the anomaly maps of a few test images, to be looked at, and how long that takes. */
public final class Looks {

  private static final int SHOWN = 6;
  private static final int TIMED = 16;
  private static final double NANOS = 1e6;

  private final Inspection inspection;
  private final DataContent content;

  /** Computes with these. */
  public Looks(Inspection inspection, DataContent content) {
    this.inspection = inspection;
    this.content = content;
  }

  /**
   * The images that are shown: the first with a defect of each category, the same for all trials.
   */
  public List<Image> shown(ExperimentSpec spec) {
    Map<String, Image> first = new LinkedHashMap<>();
    for (Image image : content.dataset(spec.dataset()).images(Split.TEST)) {
      if (image.label() == Label.ANOMALOUS) {
        first.putIfAbsent(image.category(), image);
      }
    }
    return first.values().stream().limit(SHOWN).toList();
  }

  /** The file of a shown image's map. */
  public static Path map(TrialFolder folder, int index) {
    return folder.shown().resolve("%d.npy".formatted(index));
  }

  /**
   * Writes the maps.
   *
   * @return milliseconds per image, decoding included
   */
  double write(ExperimentSpec spec, TrialFolder folder, Progress progress) {
    progress.step("images to look at", 0, 0);
    InspectionOptions options =
        InspectionOptions.defaults().withDevice(spec.train().device()).withoutTiles();
    List<Image> shown = shown(spec);
    Path root = spec.dataset().root();
    try (Inspector inspector = inspection.open(folder.model(), options)) {
      for (int i = 0; i < shown.size(); i++) {
        Path file = map(folder, i);
        if (Files.notExists(file)) {
          Outputs.writeMap(file, inspector.inspect(root.resolve(shown.get(i).path())).map());
        }
      }
      return milliseconds(inspector, spec);
    }
  }

  private double milliseconds(Inspector inspector, ExperimentSpec spec) {
    List<Path> files = new ArrayList<>();
    content.dataset(spec.dataset()).images(Split.TEST).stream()
        .limit(TIMED)
        .forEach(image -> files.add(spec.dataset().root().resolve(image.path())));
    long start = System.nanoTime();
    int done = inspector.inspect(files, Nothing.INSTANCE);
    return done == 0 ? 0 : (System.nanoTime() - start) / NANOS / done;
  }

  /** Takes results and does nothing with them. */
  private enum Nothing implements Inspector.Results {
    INSTANCE;

    @Override
    public void accept(int index, Prediction result) {}

    @Override
    public void failed(int index, UnreadableImageException failure) {
      throw new UniassException(failure.getMessage(), failure);
    }
  }
}
