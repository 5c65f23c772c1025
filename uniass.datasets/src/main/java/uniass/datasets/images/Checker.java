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
import uniass.datasets.pixels.ImageDecoder;

/**
 * Looks at every image and mask once, as the model will see them, with all threads. What it makes
 * goes into the cache, so that the run after it starts warm. Beside the list of images it needs 25
 * bytes per image.
 */
final class Checker {

  private static final String TASK = "checking images";
  private static final int VALUES_SHOWN = 4;

  private final Sight sight;
  private final ExecutorService threads;
  private final int threadCount;
  private final Dataset dataset;
  private final ImageFormat format;
  private final Findings findings = new Findings();
  private final long[] hashes;
  private final BitSet readable = new BitSet();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();

  Checker(
      Sight sight, ExecutorService threads, int threadCount, Dataset dataset, ImageFormat format) {
    this.sight = sight;
    this.threads = threads;
    this.threadCount = threadCount;
    this.dataset = dataset;
    this.format = format;
    this.hashes = new long[dataset.images().size()];
  }

  List<Problem> run(Progress progress) {
    List<Problem> problems = new ArrayList<>(dataset.problems());
    look(progress);
    Names.check(dataset.images(), findings);
    Duplicates.check(dataset.images(), hashes, readable, findings);
    problems.addAll(findings.problems());
    problems.addAll(Counts.check(dataset.images()));
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
    Sight.Seen seen;
    try {
      seen = sight.image(image);
    } catch (UniassException e) {
      add(Kind.UNREADABLE, place, image.path(), e);
      return;
    }
    hashes[place] = seen.content().with(seen.width() + " " + seen.height()).high();
    synchronized (readable) {
      readable.set(place);
    }
    if (image.truth() == PixelTruth.MASKS) {
      masks(place, image, seen);
    }
  }

  private void masks(int place, Image image, Sight.Seen seen) {
    boolean marked = false;
    boolean whole = true;
    for (String name : image.masks()) {
      Sight.SeenMask mask;
      try {
        mask = sight.mask(name);
      } catch (UniassException e) {
        add(Kind.MASK, place, name, e);
        whole = false;
        continue;
      }
      if (mask.height() != seen.height() || mask.width() != seen.width()) {
        UniassException e =
            Loader.otherSize(
                name, mask.height(), mask.width(), "its image", seen.height(), seen.width());
        add(Kind.SIZE, place, name, e);
        whole = false;
      }
      marked |= values(place, name, mask.values());
    }
    if (!marked && whole && image.label() == Label.ANOMALOUS) {
      findings.add(
          Kind.NOTHING_MARKED,
          place,
          image.path(),
          "no pixel is anomalous"
              + sight.size()
              + ": the mask is empty, the defect too small, or its values not above "
              + format.maskThreshold());
    }
  }

  /** Notes values beside 0 and one other; tells whether any is above the threshold. */
  private boolean values(int place, String name, byte[] mask) {
    BitSet values = new BitSet(256);
    for (byte value : mask) {
      values.set(value & 0xFF);
    }
    int other = values.cardinality() - (values.get(0) ? 1 : 0);
    if (other > 1) {
      String some =
          String.join(
              ", ", values.stream().limit(VALUES_SHOWN).mapToObj(Integer::toString).toList());
      findings.add(
          Kind.ODD_VALUES,
          place,
          name,
          "the mask has "
              + values.cardinality()
              + " values ("
              + some
              + (values.cardinality() > VALUES_SHOWN ? "...)" : ")")
              + "; those above "
              + format.maskThreshold()
              + " count as anomalous (mask-threshold)");
    }
    return values.length() - 1 > format.maskThreshold();
  }

  /** An error's line without the name in front, which the problem has beside it. */
  private void add(Kind kind, int place, String name, UniassException e) {
    String line = e.getMessage();
    String prefix = ImageDecoder.shown(name) + ": ";
    findings.add(
        kind, place, name, line.startsWith(prefix) ? line.substring(prefix.length()) : line);
  }
}
