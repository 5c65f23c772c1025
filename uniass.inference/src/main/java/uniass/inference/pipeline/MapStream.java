package uniass.inference.pipeline;

import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.DataType;
import uniass.api.data.Mask;
import uniass.api.data.AnomalyMap;
import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.data.Batch;
import uniass.api.data.DataLoader;
import uniass.api.data.Image;
import uniass.api.network.AnomalyNetwork;
import uniass.tensor.EngineReady;
import uniass.tensor.Pass;

/**
 * Computes the anomaly maps of a feed. Decoding goes ahead and the consumer works behind, each in a
 * thread of its own, so that the network waits for neither.
 */
public final class MapStream {

  private static final Logger LOG = LoggerFactory.getLogger(MapStream.class);
  private static final int WAITING_BATCHES = 2;
  private static final Mapped[] END = {};

  private final EngineReady engine;
  private final Device device;
  private final AnomalyNetwork network;
  private final BusyTime busy = new BusyTime();

  /** Computes with a network. */
  public MapStream(EngineReady engine, Device device, AnomalyNetwork network) {
    this.engine = engine;
    this.device = device;
    this.network = network;
  }

  /**
   * An image with its map.
   *
   * @param mask of the map's size; empty where unknown or not asked for
   */
  public record Mapped(Image image, AnomalyMap map, Optional<Mask> mask) {}

  /**
   * Runs a feed to its end and closes it.
   *
   * @param stop asked before each batch; a cause ends the work
   * @param consumer called for each image in its order, in one other thread
   * @param after called with the number of images done, after each batch
   * @return the cause, if it was stopped
   */
  public Optional<String> run(
      DataLoader feed,
      Supplier<Optional<String>> stop,
      Consumer<Mapped> consumer,
      Consumer<Integer> after) {
    BlockingQueue<Mapped[]> queue = new ArrayBlockingQueue<>(WAITING_BATCHES);
    Worker worker = new Worker(queue, consumer);
    worker.start();
    busy.restart();
    Throwable failure = null;
    try (feed) {
      int done = 0;
      while (true) {
        Optional<String> cause = stop.get();
        if (cause.isPresent()) {
          return cause;
        }
        try (Batch batch = feed.next()) {
          if (batch == null) {
            return Optional.empty();
          }
          worker.put(compute(batch));
          done += finished(batch);
        }
        after.accept(done);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      worker.finish(failure);
      LOG.info("maps: the network's operations took {}", busy.share());
    }
  }

  /** Images that are done with a batch: of tiles, those whose last one is in it. */
  private static int finished(Batch batch) {
    return (int) batch.images().stream().filter(p -> p.tile() == null || p.tile().isLast()).count();
  }

  private Mapped[] compute(Batch batch) {
    int height = network.shape().imageHeight();
    int width = network.shape().imageWidth();
    int n = batch.size();
    Mapped[] mapped = new Mapped[n];
    try (NDManager manager = engine.newManager(device)) {
      NDArray input =
          manager.create(batch.values(), new Shape(n, 3, height, width), DataType.FLOAT32);
      float[] values = busy.in(() -> network.anomalyMaps(input, Pass.inference()).toFloatArray());
      int size = height * width;
      for (int i = 0; i < n; i++) {
        mapped[i] =
            new Mapped(
                batch.images().get(i),
                new AnomalyMap(
                    height, width, Arrays.copyOfRange(values, i * size, (i + 1) * size)),
                batch.masks().get(i));
      }
    }
    return mapped;
  }

  /** Hands maps to the consumer. */
  private static final class Worker {

    private final BlockingQueue<Mapped[]> queue;
    private final Thread thread;
    private volatile Throwable failure;

    Worker(BlockingQueue<Mapped[]> queue, Consumer<Mapped> consumer) {
      this.queue = queue;
      this.thread = new Thread(() -> work(consumer), "uniass-maps");
    }

    void start() {
      thread.start();
    }

    private void work(Consumer<Mapped> consumer) {
      try {
        for (Mapped[] batch = queue.take(); batch != END; batch = queue.take()) {
          for (Mapped mapped : batch) {
            consumer.accept(mapped);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Throwable e) { // whatever it is, it belongs to the caller's thread
        failure = e;
      }
    }

    void put(Mapped[] batch) {
      try {
        while (!queue.offer(batch, 100, TimeUnit.MILLISECONDS)) {
          rethrow();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
      rethrow();
    }

    /**
     * Lets the consumer finish what is waiting, and passes its failure on.
     *
     * @param before the failure that ended the work, or null; that of the consumer is added to it
     */
    void finish(Throwable before) {
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          queue.offer(END, 100, TimeUnit.MILLISECONDS);
          thread.join(100);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (before == null) {
        rethrow();
      } else if (failure != null && failure != before) {
        before.addSuppressed(failure);
      }
    }

    private void rethrow() {
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
    }
  }
}
