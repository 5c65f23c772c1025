package uniass.datasets.pictures;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.api.data.Batch;
import uniass.api.data.Feed;
import uniass.api.data.FeedOptions;
import uniass.api.data.Picture;
import uniass.api.data.Pictures.Mask;
import uniass.api.data.Pixels;
import uniass.datasets.pixels.Normaliser;

/**
 * Batches in a fixed order, some of them ahead. What is in a batch depends on the plan only; how
 * many threads work on it decides nothing but the time.
 */
final class BatchFeed implements Feed {

  private static final Logger LOG = LoggerFactory.getLogger(BatchFeed.class);

  private final Loader loader;
  private final ExecutorService threads;
  private final Buffers buffers;
  private final Path root;
  private final Plan plan;
  private final FeedOptions options;
  private final Normaliser normaliser;
  private final int ahead;
  private final Deque<Slot> slots = new ArrayDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private int started;

  BatchFeed(
      Loader loader,
      ExecutorService threads,
      int threadCount,
      Buffers buffers,
      Path root,
      Plan plan,
      FeedOptions options) {
    this.loader = loader;
    this.threads = threads;
    this.buffers = buffers;
    this.root = root;
    this.plan = plan;
    this.options = options;
    this.normaliser = new Normaliser(options.normalisation());
    this.ahead = Math.max(2, 1 + (2 * threadCount + options.batch() - 1) / options.batch());
    startSome();
  }

  /** A batch in the making. */
  private record Slot(
      List<Picture> pictures, FloatBuffer images, byte[][] masks, List<Future<?>> work) {}

  @Override
  public int batches() {
    return (plan.size() + options.batch() - 1) / options.batch();
  }

  @Override
  public Batch next() {
    while (true) {
      Slot slot = slots.poll();
      if (slot == null) {
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
    List<Picture> pictures = new ArrayList<>(size);
    FloatBuffer images = buffers.take(options.batch() * floats());
    byte[][] masks = options.masks() ? new byte[size][] : null;
    List<Future<?>> work = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int at = i;
      Picture picture = plan.picture(first + i);
      pictures.add(picture);
      work.add(threads.submit(() -> make(first + at, picture, images, masks, at)));
    }
    return new Slot(pictures, images, masks, work);
  }

  private int floats() {
    return Math.multiplyExact(3 * options.format().height(), options.format().width());
  }

  private void make(int position, Picture picture, FloatBuffer images, byte[][] masks, int at) {
    if (closed.get()) {
      throw new CancellationException();
    }
    Augmenter augmenter = plan.augmenting().at(position, picture);
    Loaded loaded = loader.picture(root, picture, options.format());
    if (masks != null) {
      Mask mask = loader.mask(root, picture, options.format(), loaded);
      if (mask != null) {
        masks[at] = (augmenter == null ? mask : augmenter.apply(mask)).values();
      }
    }
    Pixels pixels = augmenter == null ? loaded.pixels() : augmenter.apply(loaded.pixels());
    normaliser.write(pixels, images, at * floats());
  }

  /** Waits for a slot's pictures; tells which cannot be read, if those may be left out. */
  private boolean[] await(Slot slot) {
    boolean[] unreadable = new boolean[slot.pictures.size()];
    for (int i = 0; i < unreadable.length; i++) {
      try {
        slot.work.get(i).get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UniassException bad)) {
          throw new IllegalStateException(slot.pictures.get(i).path(), e.getCause());
        }
        if (!options.skipUnreadable()) {
          throw new UniassException(bad.getMessage(), bad);
        }
        LOG.warn("left out: {}", bad.getMessage());
        unreadable[i] = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UniassException("interrupted while pictures were being read", e);
      } catch (CancellationException e) {
        throw new UniassException("the feed was closed while pictures were being read", e);
      }
    }
    return unreadable;
  }

  private Batch batch(Slot slot, boolean[] unreadable) {
    List<Picture> pictures = new ArrayList<>();
    List<byte[]> masks = slot.masks == null ? null : new ArrayList<>();
    for (int i = 0; i < unreadable.length; i++) {
      if (unreadable[i]) {
        continue;
      }
      if (pictures.size() < i) {
        slot.images.put(pictures.size() * floats(), slot.images, i * floats(), floats());
      }
      pictures.add(slot.pictures.get(i));
      if (masks != null) {
        masks.add(slot.masks[i]);
      }
    }
    AtomicBoolean given = new AtomicBoolean();
    return new Batch(
        List.copyOf(pictures),
        slot.images.slice(0, pictures.size() * floats()),
        masks == null ? null : Collections.unmodifiableList(masks),
        () -> {
          if (!given.getAndSet(true)) {
            buffers.give(slot.images);
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
