/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;

/**
 * Computes the anomaly maps of a source's images. Sources decode ahead and sinks take behind, each
 * in threads of their own, so that the network waits for neither.
 *
 * <pre>{@code
 * new Pipeline(new NetworkMaps(engine, device, network))
 *     .run(source, (image, map) -> scores.put(image, map.max()));
 * }</pre>
 *
 * <p>An interrupt ends the work before the next batch. However it ends, what was computed is taken.
 */
public final class Pipeline {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final Network network;

  /** Computes with a network. */
  public Pipeline(Network network) {
    this.network = network;
  }

  /** Computes maps. */
  @FunctionalInterface
  public interface Network {

    /**
     * Computes the maps of a batch in one forward pass.
     *
     * @param values (N,3,H,W), normalized, float32 in the machine's byte order, a direct buffer
     * @param n number of images
     */
    List<AnomalyMap> maps(ByteBuffer values, int n);
  }

  /**
   * Runs a source to its end and closes it.
   *
   * @return the sink's cause, if it stopped the work
   */
  public <T> Optional<String> run(Source<T> source, MapSink<T> sink) {
    ExecutorService behind =
        Executors.newSingleThreadExecutor(work -> new Thread(work, "uniass-maps"));
    try {
      return run(source, sink, behind);
    } finally {
      behind.shutdown();
    }
  }

  /** Does the same in the calling thread alone, which is faster for one image. */
  public <T> void runHere(Source<T> source, MapSink<T> sink) {
    run(source, sink, Runnable::run);
  }

  private <T> Optional<String> run(Source<T> source, MapSink<T> sink, Executor executor) {
    Behind<T> behind = new Behind<>(source, sink, executor);
    BusyTime busy = new BusyTime();
    Throwable failure = null;
    try (source) {
      int done = 0;
      while (true) {
        Optional<String> cause = sink.stopCause();
        if (cause.isPresent()) {
          return cause;
        }
        if (Thread.currentThread().isInterrupted()) {
          throw new UniassException("interrupted");
        }
        try (Inputs<T> batch = source.next()) {
          if (batch == null) {
            return Optional.empty();
          }
          behind.hand(batch.inputs(), maps(batch, busy));
          done += batch.finished();
        }
        sink.done(done);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      behind.finish(failure);
      LOG.debug("the network's operations took {}", busy.share());
    }
  }

  private List<AnomalyMap> maps(Inputs<?> batch, BusyTime busy) {
    int n = batch.size();
    try {
      return n == 0 ? List.of() : busy.in(() -> network.maps(batch.values(), n));
    } catch (OutOfMemoryError e) {
      throw Waiting.tooLarge(e);
    }
  }
}
