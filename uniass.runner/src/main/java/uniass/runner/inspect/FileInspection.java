package uniass.runner.inspect;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Function;
import uniass.api.UniassException;
import uniass.api.data.Pixels;
import uniass.api.inspection.Inspector.Results;
import uniass.api.inspection.PictureResult;

/** Inspects many files: decodes ahead, and lets the results be taken behind the network. */
final class FileInspection {

  private static final int DECODERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private final List<Path> files;
  private final Results results;
  private final int batch;
  private final Function<Path, Pixels> decoder;

  FileInspection(List<Path> files, Results results, int batch, Function<Path, Pixels> decoder) {
    this.files = files;
    this.results = results;
    this.batch = batch;
    this.decoder = decoder;
  }

  private record Decoded(int index, Pixels pixels) {}

  int run(BiFunction<List<String>, List<Pixels>, List<PictureResult>> network) {
    ExecutorService decoders = Executors.newFixedThreadPool(DECODERS, named("uniass-decode"));
    ExecutorService taker = Executors.newSingleThreadExecutor(named("uniass-results"));
    try {
      return run(network, decoders, taker);
    } finally {
      decoders.shutdownNow();
      taker.shutdownNow();
    }
  }

  private int run(
      BiFunction<List<String>, List<Pixels>, List<PictureResult>> network,
      ExecutorService decoders,
      ExecutorService taker) {
    Deque<Future<Pixels>> ahead = new ArrayDeque<>();
    Deque<Future<?>> behind = new ArrayDeque<>();
    int submitted = 0;
    int done = 0;
    for (int next = 0; next < files.size() && !results.cancelled(); ) {
      List<Decoded> decoded = new ArrayList<>();
      while (next < files.size() && decoded.size() < batch) {
        while (submitted < files.size() && submitted < next + 2 * batch) {
          Path file = files.get(submitted++);
          ahead.add(decoders.submit(() -> decoder.apply(file)));
        }
        int index = next++;
        try {
          decoded.add(new Decoded(index, await(ahead.remove())));
        } catch (UniassException e) {
          behind.add(taker.submit(() -> results.failed(index, files.get(index), e.getMessage())));
        }
      }
      done += decoded.size();
      if (!decoded.isEmpty()) {
        behind.add(hand(network, decoded, taker));
      }
      while (behind.size() > 2) {
        await(behind.remove());
      }
    }
    behind.forEach(FileInspection::await);
    return done;
  }

  private Future<?> hand(
      BiFunction<List<String>, List<Pixels>, List<PictureResult>> network,
      List<Decoded> decoded,
      ExecutorService taker) {
    List<String> names =
        decoded.stream().map(d -> files.get(d.index()).getFileName().toString()).toList();
    List<PictureResult> found =
        network.apply(names, decoded.stream().map(Decoded::pixels).toList());
    return taker.submit(
        () -> {
          for (int i = 0; i < found.size(); i++) {
            results.accept(decoded.get(i).index(), found.get(i));
          }
        });
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UniassException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof OutOfMemoryError) {
        throw new UniassException("not enough memory for such pictures; give Java more", e);
      }
      throw new IllegalStateException(e.getCause());
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
