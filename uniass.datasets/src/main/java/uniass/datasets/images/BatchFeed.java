/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.api.data.Batch;
import uniass.api.data.BatchOptions;
import uniass.api.data.DataLoader;
import uniass.api.data.Image;
import uniass.api.data.Mask;
import uniass.api.data.Painting;
import uniass.api.data.Pixels;
import uniass.api.data.SyntheticAnomalies.Synthetic;
import uniass.datasets.pixels.Normalizer;
import uniass.io.BufferPool;

/**
 * Batches in a fixed order, some of them ahead. What is in a batch depends on the plan only; how
 * many threads work on it decides nothing but the time.
 */
final class BatchFeed implements DataLoader {

  private static final Logger LOG = LoggerFactory.getLogger(BatchFeed.class);

  /** In the place of an epoch: what is painted draws from other numbers than augmentation. */
  private static final long PAINTED = -2;

  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private final Decoding decoding;
  private final Path root;
  private final BatchOrder plan;
  private final BatchOptions options;
  private final Normalizer normalizer;
  private final int ahead;
  private final Deque<Slot> slots = new ArrayDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private int started;
  private int leftOut;
  private boolean news;

  BatchFeed(Decoding decoding, Path root, BatchOrder plan, BatchOptions options) {
    this.decoding = decoding;
    this.root = root;
    this.plan = plan;
    this.options = options;
    this.normalizer = new Normalizer(options.normalization());
    this.ahead =
        Math.max(2, 1 + (2 * decoding.threadCount() + options.batch() - 1) / options.batch());
    startSome();
  }

  /** What decodes, for all feeds. */
  record Decoding(Loader loader, ExecutorService threads, int threadCount, BufferPool buffers) {}

  /** A batch in the making. */
  private record Slot(List<Image> images, Values clean, Values painted, List<Future<?>> work) {}

  /** What the network gets of some images. */
  private record Values(ByteBuffer bytes, FloatBuffer floats, Mask[] masks) {}

  @Override
  public int batches() {
    return (plan.size() + options.batch() - 1) / options.batch();
  }

  @Override
  public Batch next() {
    while (true) {
      Slot slot = slots.poll();
      if (slot == null) {
        sayTotal();
        return null;
      }
      boolean[] unreadable = await(slot);
      startSome();
      Batch batch = batch(slot, unreadable);
      if (batch.size() > 0) {
        return batch;
      }
      batch.close();
    }
  }

  private void startSome() {
    while (slots.size() < ahead && started < batches() && !closed.get()) {
      slots.add(start(started++));
    }
  }

  private Slot start(int number) {
    int first = number * options.batch();
    int size = Math.min(options.batch(), plan.size() - first);
    List<Image> images = new ArrayList<>(size);
    Values clean = values(size);
    Values painted = values(options.painting().map(p -> p.twins(size)).orElse(0));
    List<Future<?>> work = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int at = i;
      Image image = plan.image(first + i);
      images.add(image);
      work.add(decoding.threads().submit(() -> make(first + at, image, clean, painted, at)));
    }
    return new Slot(images, clean, painted, work);
  }

  private Values values(int images) {
    long size = (long) images * floats() * Float.BYTES;
    ByteBuffer bytes = images == 0 ? NOTHING : decoding.buffers().take(size);
    return new Values(bytes, bytes.asFloatBuffer(), new Mask[images]);
  }

  private int floats() {
    return Math.multiplyExact(3 * options.format().height(), options.format().width());
  }

  private void make(int position, Image image, Values clean, Values painted, int at) {
    if (closed.get()) {
      throw new CancellationException();
    }
    Augmenter augmenter = plan.augmenting().at(position, image);
    Loaded loaded = decoding.loader().image(root, image, options.format());
    if (options.masks()) {
      Mask mask = new MaskLoader(decoding.loader()).mask(root, image, options.format(), loaded);
      if (mask != null) {
        clean.masks[at] = augmenter == null ? mask : augmenter.apply(mask);
      }
    }
    Pixels pixels = augmenter == null ? loaded.pixels() : augmenter.apply(loaded.pixels());
    normalizer.write(pixels, clean.floats, at * floats());
    if (at < painted.masks.length) {
      Painting painting = options.painting().orElseThrow();
      Random random = ImageSeeds.at(painting.seed(), PAINTED, position);
      Synthetic defect = painting.generator().paint(pixels, () -> another(random, pixels), random);
      painted.masks[at] = defect.mask();
      normalizer.write(defect.pixels(), painted.floats, at * floats());
    }
  }

  /** Any of the images, to take a texture from; if it cannot be read, the one at hand. */
  private Pixels another(Random random, Pixels atHand) {
    Image image = plan.images().get(random.nextInt(plan.images().size()));
    try {
      return decoding.loader().image(root, image, options.format()).pixels();
    } catch (UniassException e) {
      LOG.debug("no texture from it: {}", e.getMessage());
      return atHand;
    }
  }

  /** Waits for a slot's images; returns which cannot be read, if those may be left out. */
  private boolean[] await(Slot slot) {
    boolean[] unreadable = new boolean[slot.images.size()];
    for (int i = 0; i < unreadable.length; i++) {
      try {
        slot.work.get(i).get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UniassException bad)) {
          throw new IllegalStateException(slot.images.get(i).path(), e.getCause());
        }
        if (!options.skipUnreadable()) {
          throw new UniassException(
              bad.getMessage() + "; fix it, or continue without it: dataset.skip-unreadable: true",
              bad);
        }
        if (decoding.loader().isNewlyUnreadable(root, slot.images.get(i))) {
          LOG.warn("left out: {}", bad.getMessage());
          news = true;
        }
        leftOut++;
        unreadable[i] = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UniassException("interrupted while images were being read", e);
      } catch (CancellationException e) {
        throw new UniassException("the data loader was closed while images were being read", e);
      }
    }
    return unreadable;
  }

  /** Says once how many were left out in all. */
  private void sayTotal() {
    if (news) {
      LOG.warn("{} of {} images were left out: they cannot be read", leftOut, plan.size());
      news = false;
    }
  }

  private Batch batch(Slot slot, boolean[] unreadable) {
    Batch painted = batch(slot.images, slot.painted, unreadable, Optional.empty());
    boolean twins = painted.size() > 0;
    if (!twins) {
      painted.close();
    }
    return batch(
        slot.images, slot.clean, unreadable, twins ? Optional.of(painted) : Optional.empty());
  }

  private Batch batch(List<Image> all, Values made, boolean[] unreadable, Optional<Batch> painted) {
    List<Image> images = new ArrayList<>();
    List<Optional<Mask>> masks = new ArrayList<>();
    FloatBuffer values = made.floats;
    for (int i = 0; i < made.masks.length; i++) {
      if (unreadable[i]) {
        continue;
      }
      if (images.size() < i) {
        values.put(images.size() * floats(), values, i * floats(), floats());
      }
      images.add(all.get(i));
      masks.add(Optional.ofNullable(made.masks[i]));
    }
    AtomicBoolean given = new AtomicBoolean();
    return new Batch(
        List.copyOf(images),
        made.bytes.limit(images.size() * floats() * Float.BYTES),
        List.copyOf(masks),
        painted,
        () -> {
          if (!given.getAndSet(true) && made.bytes != NOTHING) {
            decoding.buffers().give(made.bytes);
          }
        });
  }

  /**
   * Buffers of batches still in the making are left to the collector: threads may write to them.
   */
  @Override
  public void close() {
    closed.set(true);
    for (Slot slot : slots) {
      slot.work.forEach(work -> work.cancel(false));
    }
    slots.clear();
  }
}
