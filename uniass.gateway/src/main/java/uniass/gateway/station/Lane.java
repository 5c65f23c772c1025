/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.station;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.PreparedImage;
import uniass.gateway.ModelVersion;
import uniass.gateway.RefusedException.Reason;

/**
 * One open model and the stations that share it. Threads that decode take images from the stations
 * in turn; one that computes takes what is decoded, a batch at a time. A batch waits a moment for
 * images that have arrived, and never for such as may come: one camera waits for nobody.
 */
final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private static final int DECODERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private final Inspector inspector;
  private final ModelVersion version;
  private final String notes;
  private final int batch;
  private final long windowNanos;
  private final Deque<JobQueue> turns = new ArrayDeque<>();
  private final BlockingQueue<Decoded> decoded;
  private final List<Thread> threads = new ArrayList<>();

  /** Images that wait or are being decoded. */
  private int underWay;

  private boolean closed;

  private record Decoded(Job job, PreparedImage image, long taken, long ready) {}

  /** Comes after the last image. */
  private static final Decoded END = new Decoded(null, null, 0, 0);

  /**
   * Starts a lane.
   *
   * @param inspector the open model, which the lane closes
   * @param notes what to know about the model; may be empty
   */
  Lane(Inspector inspector, ModelVersion version, String notes, int batch, int windowMillis) {
    this.inspector = inspector;
    this.version = version;
    this.notes = notes;
    this.batch = batch;
    this.windowNanos = TimeUnit.MILLISECONDS.toNanos(windowMillis);
    this.decoded = new ArrayBlockingQueue<>(batch);
    for (int i = 0; i < DECODERS; i++) {
      start("uniass-decode", this::decode);
    }
    start("uniass-network", this::compute);
  }

  private void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  Inspector inspector() {
    return inspector;
  }

  ModelVersion version() {
    return version;
  }

  /** What to know about the model; may be empty. */
  String notes() {
    return notes;
  }

  /** Gives a queue its turns, with the images that wait in it. */
  synchronized void add(JobQueue queue) {
    turns.add(queue);
    underWay += queue.size();
    notifyAll();
  }

  /** Takes a queue's turns away; what waits in it stays. */
  synchronized void release(JobQueue queue) {
    if (turns.remove(queue)) {
      underWay -= queue.size();
    }
  }

  /** Queues an image; hands back the one that has no place, if so. */
  synchronized Optional<Job> offer(JobQueue queue, Job job) {
    Optional<Job> without = queue.add(job);
    if (without.isEmpty()) {
      underWay++;
      notifyAll();
    }
    return without;
  }

  synchronized int waiting(JobQueue queue) {
    return queue.size();
  }

  /** The next image of the station whose turn it is; null when the lane closes. */
  private synchronized Job take() throws InterruptedException {
    while (!closed) {
      for (int i = 0; i < turns.size(); i++) {
        JobQueue queue = turns.remove();
        turns.add(queue);
        Job job = queue.poll();
        if (job != null) {
          return job;
        }
      }
      wait();
    }
    return null;
  }

  private synchronized void arrivedAtNetwork() {
    underWay--;
  }

  private synchronized boolean moreUnderWay() {
    return underWay > 0;
  }

  /** Whether images wait for anything. */
  boolean isBusy() {
    return moreUnderWay() || !decoded.isEmpty();
  }

  private void decode() {
    try {
      for (Job job = take(); job != null; job = take()) {
        long taken = System.nanoTime();
        try {
          if (!job.isOver()) {
            PreparedImage image = inspector.prepare(job.name(), job.file());
            job.station().watch().seen(image);
            decoded.put(new Decoded(job, image, taken, System.nanoTime()));
          }
        } catch (UniassException e) {
          job.fail(Reason.NOT_AN_IMAGE, e.getMessage());
        } catch (RuntimeException | Error e) {
          unexpected(List.of(job), e);
        } finally {
          arrivedAtNetwork();
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private void compute() {
    try {
      boolean last = false;
      while (!last) {
        List<Decoded> images = collect();
        last = images.remove(END);
        images.removeIf(image -> image.job().isOver());
        if (!images.isEmpty()) {
          compute(images);
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private List<Decoded> collect() throws InterruptedException {
    List<Decoded> images = new ArrayList<>(batch);
    images.add(decoded.take());
    long end = System.nanoTime() + windowNanos;
    while (images.size() < batch) {
      decoded.drainTo(images, batch - images.size());
      long left = end - System.nanoTime();
      if (images.size() == batch || left <= 0 || !moreUnderWay()) {
        break;
      }
      Decoded next = decoded.poll(Math.min(left, 1_000_000), TimeUnit.NANOSECONDS);
      if (next != null) {
        images.add(next);
      }
    }
    return images;
  }

  private void compute(List<Decoded> images) {
    long start = System.nanoTime();
    try {
      List<AnomalyMap> maps = inspector.maps(images.stream().map(Decoded::image).toList());
      long end = System.nanoTime();
      for (int i = 0; i < images.size(); i++) {
        Decoded image = images.get(i);
        Moments moments =
            new Moments(image.job().arrived(), image.taken(), image.ready(), start, end);
        image.job().station().finish(this, image.job(), image.image(), maps.get(i), moments);
      }
      images.get(0).job().station().counters().batch(images.size());
    } catch (RuntimeException | Error e) {
      unexpected(images.stream().map(Decoded::job).toList(), e);
    }
  }

  private static void unexpected(List<Job> jobs, Throwable e) {
    LOG.error("{} images were not inspected: {}", jobs.size(), e.toString());
    LOG.debug("images were not inspected", e);
    jobs.stream()
        .filter(job -> !job.future().isDone())
        .forEach(job -> job.fail(Reason.FAILED, "the image was not inspected: " + e));
  }

  /** Ends when the images that were taken are done. */
  void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      notifyAll();
    }
    boolean interrupted = Thread.interrupted();
    for (Thread thread : threads) {
      if (thread == threads.get(threads.size() - 1)) {
        interrupted |= uninterrupted(() -> decoded.put(END));
      }
      interrupted |= uninterrupted(thread::join);
    }
    inspector.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Wait {
    void run() throws InterruptedException;
  }

  /** Waits to the end; says whether the thread was interrupted meanwhile. */
  private static boolean uninterrupted(Wait wait) {
    boolean interrupted = false;
    while (true) {
      try {
        wait.run();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
