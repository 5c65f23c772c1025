/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import uniass.api.Problem;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Label;
import uniass.api.data.PixelTruth;
import uniass.datasets.images.Findings.Kind;
import uniass.datasets.images.ModelView.SeenImage;
import uniass.datasets.images.ModelView.SeenMask;

/**
 * Looks at every image and mask once, as the model will see them, with all threads. What it makes
 * goes into the cache, so that the run after it starts warm. Beside the list of images it needs 25
 * bytes per image.
 */
final class Checker {

  private static final String TASK = "checking images";

  private final ModelView view;
  private final ExecutorService threads;
  private final int threadCount;
  private final Dataset dataset;
  private final Findings findings = new Findings();
  private final MaskCheck maskCheck;
  private final PixelCheck pixelCheck;
  private final Looks looks;
  private final long[] hashes;
  private final BitSet readable = new BitSet();
  private final BitSet leftOut = new BitSet();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();

  Checker(
      ModelView view,
      ExecutorService threads,
      int threadCount,
      Dataset dataset,
      ImageFormat format) {
    this.view = view;
    this.threads = threads;
    this.threadCount = threadCount;
    this.dataset = dataset;
    this.maskCheck =
        new MaskCheck(findings, format.maskThreshold(), String.valueOf(format.maskThreshold()));
    this.pixelCheck = new PixelCheck(findings, format);
    this.looks = new Looks(dataset.images());
    this.hashes = new long[dataset.images().size()];
  }

  /**
   * Looks at everything.
   *
   * @param skipUnreadable whether what cannot be read is left out, which is then no error
   */
  List<Problem> run(boolean skipUnreadable, Progress progress) {
    List<Problem> problems = new ArrayList<>();
    for (Problem problem : dataset.problems()) {
      problems.add(skipUnreadable ? Problem.warning(problem.where(), problem.message()) : problem);
    }
    look(progress);
    NameTwins.check(dataset.images(), findings);
    looks.check(findings);
    Duplicates.check(dataset.images(), hashes, readable, findings);
    problems.addAll(findings.problems(skipUnreadable));
    pixelCheck.depth().ifPresent(problems::add);
    if (skipUnreadable && !leftOut.isEmpty()) {
      problems.add(
          Problem.warning(
              "",
              leftOut.cardinality()
                  + " of "
                  + hashes.length
                  + " images are left out: they or their masks cannot be read (skip-unreadable)"));
    }
    problems.addAll(CategoryCounts.check(dataset.images()));
    return problems;
  }

  private void look(Progress progress) {
    int total = hashes.length;
    List<Future<?>> workers = new ArrayList<>();
    for (int i = 0; i < threadCount; i++) {
      workers.add(threads.submit(this::work));
    }
    try {
      for (Future<?> worker : workers) {
        while (!finished(worker)) {
          progress.step(TASK, done.get(), total);
          if (progress.canceled()) {
            throw new UniassException("the check was canceled");
          }
        }
      }
      progress.step(TASK, total, total);
    } finally {
      next.set(total);
    }
  }

  private static boolean finished(Future<?> worker) {
    try {
      worker.get(200, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UniassException("the check was interrupted", e);
    }
  }

  private void work() {
    for (int i = next.getAndIncrement(); i >= 0 && i < hashes.length; i = next.getAndIncrement()) {
      look(i, dataset.images().get(i));
      done.incrementAndGet();
    }
  }

  private void look(int place, Image image) {
    SeenImage seen;
    try {
      seen = view.image(image);
    } catch (UniassException e) {
      add(Kind.UNREADABLE, place, image.path(), e);
      return;
    }
    hashes[place] = seen.content().with(seen.width() + " " + seen.height()).high();
    synchronized (readable) {
      readable.set(place);
    }
    pixelCheck.check(place, image.path(), seen);
    looks.add(place, seen.look());
    if (image.truth() == PixelTruth.MASKS) {
      masks(place, image, seen);
    }
  }

  private void masks(int place, Image image, SeenImage seen) {
    boolean marked = false;
    boolean whole = true;
    for (String name : image.masks()) {
      SeenMask mask;
      try {
        mask = view.mask(name);
      } catch (UniassException e) {
        add(Kind.MASK, place, name, e);
        whole = false;
        continue;
      }
      if (!mask.extent().fits(seen.extent())) {
        UniassException e = MaskLoader.otherSize(name, mask.extent(), "its image", seen.extent());
        add(Kind.SIZE, place, name, e);
        whole = false;
      } else if (seen.traits().orientation() != mask.traits().orientation()) {
        findings.add(
            Kind.TURNED,
            place,
            image.path(),
            "EXIF turns the image or its mask (orientations "
                + seen.traits().orientation()
                + " and "
                + mask.traits().orientation()
                + "); make sure that the mask was drawn on the upright image");
      }
      marked |= maskCheck.check(place, name, mask);
    }
    if (!marked && whole && image.label() == Label.ANOMALOUS) {
      findings.add(
          Kind.NOTHING_MARKED,
          place,
          image.path(),
          "no pixel is anomalous"
              + view.size()
              + ": the mask is empty, the defect too small, or its values not above "
              + maskCheck.thresholds());
    }
  }

  /** An error's line without the name in front, which the problem has beside it. */
  private void add(Kind kind, int place, String name, UniassException e) {
    String line = e.getMessage();
    String prefix = Problem.shown(name) + ": ";
    synchronized (leftOut) {
      leftOut.set(place);
    }
    findings.add(
        kind, place, name, line.startsWith(prefix) ? line.substring(prefix.length()) : line);
  }
}
