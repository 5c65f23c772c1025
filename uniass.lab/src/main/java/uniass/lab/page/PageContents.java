/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Images;
import uniass.api.data.Pixels;
import uniass.inference.experiment.Differences;
import uniass.inference.experiment.ExperimentSpec;
import uniass.io.Npy;
import uniass.io.Outputs;
import uniass.lab.StudyTable;
import uniass.lab.table.Comparison;
import uniass.lab.table.Costs;
import uniass.lab.table.Results;
import uniass.lab.table.Results.Done;
import uniass.lab.trial.Frost;
import uniass.lab.trial.Looks;
import uniass.lab.trial.StudyFolder;
import uniass.report.StudyData;
import uniass.report.StudyPage;

/** Writes {@code study.html}. */
public final class PageContents {

  private static final String PAGE = "study.html";
  private static final int VARIANTS_SHOWN = 12;

  private final Images images;
  private final Looks looks;
  private final Frost frost;

  /**
   * Gathers with these.
   *
   * @param images reads the images that are shown
   * @param looks says which these are
   * @param frost knows the settings of trials
   */
  public PageContents(Images images, Looks looks, Frost frost) {
    this.images = images;
    this.looks = looks;
    this.frost = frost;
  }

  /** Writes the page and returns its file. */
  public Path write(StudyFolder folder, Results results, StudyTable table) {
    Path file = folder.path().resolve(PAGE);
    StudyPage.write(
        file,
        new StudyData(
            results.study().study(),
            table.rows().stream()
                .map(
                    r ->
                        new StudyData.Effect(
                            r.variant(),
                            r.metric(),
                            r.mean(),
                            r.spread(),
                            r.difference(),
                            r.low(),
                            r.high(),
                            r.p(),
                            r.verdict()))
                .toList(),
            results.variants().stream().map(v -> cost(results, v)).toList(),
            results.categories(),
            new Comparison(results).byCategory(),
            curves(folder, results),
            looks(folder, results),
            table.notes()));
    return file;
  }

  private static StudyData.Cost cost(Results results, String variant) {
    Costs costs = Costs.of(results, variant);
    return new StudyData.Cost(
        variant,
        costs.network(),
        costs.trainingMinutes(),
        costs.millisecondsPerImage(),
        costs.peakMebibytes());
  }

  private static Map<String, double[]> curves(StudyFolder folder, Results results) {
    Map<String, List<double[]>> losses = new LinkedHashMap<>();
    for (Done done : results.done()) {
      losses
          .computeIfAbsent(done.trial().variant(), v -> new ArrayList<>())
          .add(losses(folder.trial(done.trial().name()).path().resolve("history.csv")));
    }
    Map<String, double[]> curves = new LinkedHashMap<>();
    losses.forEach((variant, seeds) -> curves.put(variant, mean(seeds)));
    return curves;
  }

  private static double[] losses(Path history) {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    List<Double> losses = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(Files.readString(history), format)) {
      for (CSVRecord row : parser) {
        losses.add(Double.valueOf(row.get("loss")));
      }
    } catch (IOException e) {
      throw new UniassException(history + ": cannot be read: " + Outputs.reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new UniassException(history + ": damaged: " + e.getMessage(), e);
    }
    return losses.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The mean over the seeds, as far as all of them go. */
  private static double[] mean(List<double[]> seeds) {
    int epochs = seeds.stream().mapToInt(s -> s.length).min().orElse(0);
    double[] mean = new double[epochs];
    for (double[] seed : seeds) {
      for (int i = 0; i < epochs; i++) {
        mean[i] += seed[i] / seeds.size();
      }
    }
    return mean;
  }

  /** Images under the models of one seed, of variants that read the same images. */
  private List<StudyData.Look> looks(StudyFolder folder, Results results) {
    if (results.done().isEmpty()) {
      return List.of();
    }
    Done first = results.done().get(0);
    ExperimentSpec spec = frost.spec(first.trial());
    List<Done> same =
        results.done().stream()
            .filter(d -> d.trial().seed() == first.trial().seed())
            .filter(d -> readsTheSame(spec, frost.spec(d.trial())))
            .limit(VARIANTS_SHOWN)
            .toList();
    List<StudyData.Look> shown = new ArrayList<>();
    List<Image> chosen = looks.shown(spec);
    for (int i = 0; i < chosen.size(); i++) {
      look(folder, same, chosen.get(i), i, spec).ifPresent(shown::add);
    }
    return shown;
  }

  private static boolean readsTheSame(ExperimentSpec one, ExperimentSpec other) {
    return one.dataset().root().equals(other.dataset().root())
        && Differences.between(one, other, Set.of("dataset")).isEmpty();
  }

  private Optional<StudyData.Look> look(
      StudyFolder folder, List<Done> same, Image image, int index, ExperimentSpec spec) {
    ImageFormat format = spec.dataset().wholeFormat();
    Path root = spec.dataset().root();
    Pixels pixels = images.resize(images.decode(root.resolve(image.path()), format), format);
    Map<String, AnomalyMap> maps = new LinkedHashMap<>();
    for (Done done : same) {
      Path file = Looks.map(folder.trial(done.trial().name()), index);
      if (Files.exists(file)) {
        AnomalyMap map = Npy.read(file);
        if (map.height() == pixels.height() && map.width() == pixels.width()) {
          maps.put(done.trial().variant(), map);
        }
      }
    }
    return maps.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StudyData.Look(image, pixels, images.mask(root, image, format, false), maps));
  }
}
