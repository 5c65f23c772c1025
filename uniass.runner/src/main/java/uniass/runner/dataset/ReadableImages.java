/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import uniass.api.Problem;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.inference.experiment.ExperimentSpec.DatasetSpec;
import uniass.runner.queue.Services;

/**
 * Test images without those that cannot be read, if the experiment says to go on without them.
 *
 * @param images that can be read, or all
 * @param leftOut paths of those that cannot
 */
public record ReadableImages(List<Image> images, List<String> leftOut) {

  private static final int NAMED = 5;

  /** Reads all images and masks once, if the experiment may go on without some. */
  public static ReadableImages of(Services services, DatasetSpec dataset, List<Image> images) {
    if (!dataset.skipUnreadable() || images.isEmpty()) {
      return new ReadableImages(images, List.of());
    }
    Path root = dataset.root();
    Set<String> bad =
        services
            .images()
            .check(
                new Dataset(root, images, List.of()),
                dataset.format(),
                dataset.tiling(),
                false,
                Progress.NONE)
            .stream()
            .filter(p -> p.severity() == Problem.Severity.ERROR)
            .map(Problem::where)
            .collect(Collectors.toSet());
    Map<Boolean, List<Image>> whole =
        images.stream()
            .collect(
                Collectors.partitioningBy(
                    p -> !bad.contains(p.path()) && p.masks().stream().noneMatch(bad::contains)));
    if (whole.get(true).isEmpty()) {
      throw new UniassException(root + ": none of the test images can be read");
    }
    return new ReadableImages(whole.get(true), whole.get(false).stream().map(Image::path).toList());
  }

  /** What was left out, in a line, or nothing. */
  public List<String> notes() {
    if (leftOut.isEmpty()) {
      return List.of();
    }
    int more = leftOut.size() - NAMED;
    return List.of(
        leftOut.size()
            + " of "
            + (images.size() + leftOut.size())
            + " test images were left out because they or their masks cannot be read: "
            + leftOut.stream().limit(NAMED).collect(Collectors.joining(", "))
            + (more > 0 ? " and " + more + " more" : ""));
  }
}
