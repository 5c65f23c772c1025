package uniass.inference;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import uniass.api.UniassException;
import uniass.api.inspection.Inspector.Results;
import uniass.api.inspection.Prediction;

/** Inspects many files: decodes ahead, and lets the results be taken behind the network. */
final class FileInspection {

  /** So that a folder without any readable image is reported in pieces, not at its end. */
  private static final int MOST_UNREADABLE = 4;

  private static final int DECODERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private final List<Path> files;
  private final Results results;
  private final int batch;
  private final Function<Path, Input> decoder;
  private final AtomicBoolean takerFailed = new AtomicBoolean();

  FileInspection(List<Path> files, Results results, int batch, Function<Path, Input> decoder) {
    this.files = files;
    this.results = results;
    this.batch = batch;
    this.decoder = decoder;
  }

  /** An image, or why there is none. */
  private record Decoded(int index, Input input, String why) {}

  int run(BiFunction<List<String>, List<Input>, List<Prediction>> network) {
    ExecutorService decoders = Executors.newFixedThreadPool(DECODERS, named("uniass-decode"));
    ExecutorService taker = Executors.newSingleThreadExecutor(named("uniass-results"));
    try {
      return run(network, decoders, taker);
    } finally {
      decoders.shutdownNow();
      // what was computed is taken however this ends, and nothing after it has ended
      await(taker.submit(() -> {}));
      taker.shutdown();
    }
  }

  private int run(
      BiFunction<List<String>, List<Input>, List<Prediction>> network,
      ExecutorService decoders,
      ExecutorService taker) {
    Deque<Future<Input>> ahead = new ArrayDeque<>();
    Deque<Future<?>> behind = new ArrayDeque<>();
    int submitted = 0;
    int done = 0;
    for (int next = 0; next < files.size() && !results.canceled(); ) {
      if (Thread.currentThread().isInterrupted()) {
        throw new UniassException("interrupted");
      }
      List<Decoded> decoded = new ArrayList<>();
      int readable = 0;
      while (next < files.size() && readable < batch && decoded.size() < MOST_UNREADABLE * batch) {
        while (submitted < files.size() && submitted < next + 2 * batch) {
          Path file = files.get(submitted++);
          ahead.add(decoders.submit(() -> decoder.apply(file)));
        }
        int index = next++;
        try {
          decoded.add(new Decoded(index, await(ahead.remove()), null));
          readable++;
        } catch (UniassException e) {
          decoded.add(new Decoded(index, null, e.getMessage()));
        }
      }
      done += readable;
      behind.add(hand(network, decoded, taker));
      while (behind.size() > 2) {
        await(behind.remove());
      }
    }
    behind.forEach(FileInspection::await);
    return done;
  }

  private Future<?> hand(
      BiFunction<List<String>, List<Input>, List<Prediction>> network,
      List<Decoded> decoded,
      ExecutorService taker) {
    List<Decoded> readable = decoded.stream().filter(d -> d.input() != null).toList();
    List<Prediction> found = readable.isEmpty() ? List.of() : found(network, readable);
    List<Integer> order = decoded.stream().map(Decoded::index).toList();
    List<String> failures = decoded.stream().map(Decoded::why).toList();
    return taker.submit(
        () -> {
          if (takerFailed.getAndSet(true)) {
            return;
          }
          Iterator<Prediction> next = found.iterator();
          for (int i = 0; i < order.size(); i++) {
            int index = order.get(i);
            if (failures.get(i) == null) {
              results.accept(index, next.next());
            } else {
              results.failed(index, files.get(index), failures.get(i));
            }
          }
          takerFailed.set(false); // reached unless it threw
        });
  }

  private List<Prediction> found(
      BiFunction<List<String>, List<Input>, List<Prediction>> network, List<Decoded> readable) {
    try {
      return network.apply(
          readable.stream().map(d -> files.get(d.index()).getFileName().toString()).toList(),
          readable.stream().map(Decoded::input).toList());
    } catch (OutOfMemoryError e) {
      throw tooLarge(e);
    }
  }

  private static UniassException tooLarge(Throwable e) {
    return new UniassException("not enough memory for such images; give Java more", e);
  }

  /** Waits even if the thread is interrupted: that ends the work between batches, not in one. */
  private static <T> T await(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof OutOfMemoryError) {
        throw tooLarge(e);
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static java.util.concurrent.ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
