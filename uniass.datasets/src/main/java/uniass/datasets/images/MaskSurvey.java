/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Label;
import uniass.api.data.PixelTruth;

/** Looks at the masks of images that are to be judged, in their own sizes. */
record MaskSurvey(Loader loader, ExecutorService threads) {

  /** What is odd about the masks, in a line or two per kind. */
  List<Problem> of(Path root, List<Image> images, List<Integer> thresholds, long maximumPixels) {
    ImageFormat format = ImageFormat.of(1, 1).withMaximumPixels(maximumPixels);
    Findings findings = new Findings(1);
    MaskCheck check =
        new MaskCheck(
            findings,
            Collections.min(thresholds),
            thresholds.stream().distinct().map(String::valueOf).collect(Collectors.joining(", ")));
    List<Future<?>> work = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      Image image = images.get(i);
      int place = i;
      for (String name : image.masks()) {
        work.add(
            threads.submit(
                () -> check.check(place, name, ModelView.ownSize(loader, root, name, format))));
      }
    }
    work.forEach(MaskSurvey::await);
    List<Problem> problems = new ArrayList<>(findings.problems());
    List<Image> anomalous =
        images.stream().filter(image -> image.label() == Label.ANOMALOUS).toList();
    long allOver =
        anomalous.stream().filter(image -> image.truth() == PixelTruth.ALL_ANOMALOUS).count();
    CategoryCounts.allOver("", allOver, anomalous.size()).ifPresent(problems::add);
    return problems;
  }

  private static void await(Future<?> work) {
    try {
      work.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UniassException)) { // whoever needs the mask will say so
        throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UniassException("interrupted while masks were being read", e);
    }
  }
}
