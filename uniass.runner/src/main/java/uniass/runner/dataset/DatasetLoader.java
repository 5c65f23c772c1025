/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.Augmentation;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.plugin.Configured;
import uniass.inference.experiment.ExperimentSpec.AugmentSpec;
import uniass.inference.experiment.ExperimentSpec.DatasetSpec;
import uniass.inference.model.Composer;
import uniass.inference.plugin.Nearest;
import uniass.inference.plugin.PartsInUse;
import uniass.io.FileNames;

/** Reads the data set of an experiment. */
public final class DatasetLoader {

  private DatasetLoader() {}

  /**
   * Lists the images of the categories that the experiment uses.
   *
   * @throws UniassException if the reader found an error, unless the experiment says to go on
   *     without what cannot be read
   */
  public static Dataset read(DatasetSpec spec, PartsInUse parts) {
    Dataset dataset = list(spec, parts);
    if (!spec.skipUnreadable()) {
      refuseErrors(dataset, "fix it, or continue without it: dataset.skip-unreadable: true");
    }
    return dataset;
  }

  /**
   * Refuses a data set in which its reader found an error, such as a missing mask.
   *
   * @param fix what to do about it
   */
  public static void refuseErrors(Dataset dataset, String fix) {
    List<Problem> errors =
        dataset.problems().stream().filter(p -> p.severity() == Problem.Severity.ERROR).toList();
    if (!errors.isEmpty()) {
      String more = errors.size() == 1 ? "" : " (the first of " + errors.size() + " errors)";
      throw new UniassException(errors.get(0) + more + "; " + fix);
    }
  }

  /** Lists the images of the categories that the experiment uses, whatever is wrong with them. */
  public static Dataset list(DatasetSpec spec, PartsInUse parts) {
    if (spec.root() == null) {
      throw new UniassException("dataset.root is missing: give the data set's folder");
    }
    Path root = spec.root();
    if (!Files.isDirectory(root)) {
      throw new UniassException(
          "dataset.root: no folder "
              + root
              + "; give the data set's folder, for instance with"
              + " --set dataset.root=FOLDER");
    }
    Configured<DatasetReader> reader = Composer.take(parts, spec.reader(), DatasetReader.class);
    Dataset dataset = reader.call((part, settings) -> part.read(root, settings));
    List<String> known = dataset.categories();
    if (known.isEmpty()) {
      throw new UniassException(
          root + " holds no images that reader '" + reader.name() + "' finds");
    }
    if (spec.categories().isEmpty()) {
      return dataset;
    }
    for (String category : spec.categories()) {
      if (!known.contains(category)) {
        throw new UniassException(
            "dataset.categories: no '"
                + category
                + "'"
                + Nearest.hint(category, known)
                + "; there are: "
                + String.join(", ", known));
      }
    }
    return dataset.only(spec.categories());
  }

  /** The augmentation, with {@code all} spelled out. */
  public static Augmentation augmentation(DatasetSpec spec, List<String> categories) {
    AugmentSpec given = spec.augment();
    return new Augmentation(
        spelledOut(given.horizontalFlip(), categories),
        spelledOut(given.verticalFlip(), categories),
        spelledOut(given.rotate(), categories),
        given.colorJitter());
  }

  private static Set<String> spelledOut(Set<String> words, List<String> categories) {
    return words.contains(DatasetSpec.ALL)
        ? Set.copyOf(categories)
        : words.stream().map(FileNames::composed).collect(Collectors.toSet());
  }
}
