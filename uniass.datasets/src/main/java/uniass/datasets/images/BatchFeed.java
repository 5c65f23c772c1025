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
import uniass.api.data.Pixels;
import uniass.datasets.pixels.Normalizer;
import uniass.io.BufferPool;

/**
 * Batches in a fixed order, some of them ahead. What is in a batch depends on the plan only; how
 * many threads work on it decides nothing but the time.
 */
final class BatchFeed implements DataLoader {

  private static final Logger LOG = LoggerFactory.getLogger(BatchFeed.class);

  private final Loader loader;
  private final ExecutorService threads;
  private final BufferPool buffers;
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

  BatchFeed(
      Loader loader,
      ExecutorService threads,
      int threadCount,
      BufferPool buffers,
      Path root,
      BatchOrder plan,
      BatchOptions options) {
    this.loader = loader;
    this.threads = threads;
    this.buffers = buffers;
    this.root = root;
    this.plan = plan;
    this.options = options;
    this.normalizer = new Normalizer(options.normalization());
    this.ahead = Math.max(2, 1 + (2 * threadCount + options.batch() - 1) / options.batch());
    startSome();
  }

  /** A batch in the making. */
  private record Slot(List<Image> images, ByteBuffer values, Mask[] masks, List<Future<?>> work) {}

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
    ByteBuffer values = buffers.take((long) size * floats() * Float.BYTES);
    FloatBuffer floats = values.asFloatBuffer();
    Mask[] masks = new Mask[size];
    List<Future<?>> work = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int at = i;
      Image image = plan.image(first + i);
      images.add(image);
      work.add(threads.submit(() -> make(first + at, image, floats, masks, at)));
    }
    return new Slot(images, values, masks, work);
  }

  private int floats() {
    return Math.multiplyExact(3 * options.format().height(), options.format().width());
  }

  private void make(int position, Image image, FloatBuffer values, Mask[] masks, int at) {
    if (closed.get()) {
      throw new CancellationException();
    }
    Augmenter augmenter = plan.augmenting().at(position, image);
    Loaded loaded = loader.image(root, image, options.format());
    if (options.masks()) {
      Mask mask = new MaskLoader(loader).mask(root, image, options.format(), loaded);
      if (mask != null) {
        masks[at] = augmenter == null ? mask : augmenter.apply(mask);
      }
    }
    Pixels pixels = augmenter == null ? loaded.pixels() : augmenter.apply(loaded.pixels());
    normalizer.write(pixels, values, at * floats());
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
          throw new UniassException(bad.getMessage(), bad);
        }
        if (loader.isNewlyUnreadable(root, slot.images.get(i))) {
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
    List<Image> images = new ArrayList<>();
    List<Optional<Mask>> masks = new ArrayList<>();
    FloatBuffer values = slot.values.asFloatBuffer();
    for (int i = 0; i < unreadable.length; i++) {
      if (unreadable[i]) {
        continue;
      }
      if (images.size() < i) {
        values.put(images.size() * floats(), values, i * floats(), floats());
      }
      images.add(slot.images.get(i));
      masks.add(Optional.ofNullable(slot.masks[i]));
    }
    AtomicBoolean given = new AtomicBoolean();
    return new Batch(
        List.copyOf(images),
        slot.values.limit(images.size() * floats() * Float.BYTES),
        List.copyOf(masks),
        () -> {
          if (!given.getAndSet(true)) {
            buffers.give(slot.values);
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
