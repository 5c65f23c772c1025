/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Tile;
import uniass.inference.pipeline.Inputs.Input;

/**
 * Hands maps to the sink behind the network: joins those of tiles, and hands on nothing after the
 * sink failed.
 */
final class Behind<T> {

  /** Batches that may wait for the sink before the network waits, too. */
  private static final int WAITING = 2;

  private final Source<T> source;
  private final MapSink<T> sink;
  private final Executor executor;
  private final Deque<FutureTask<Void>> waiting = new ArrayDeque<>();
  private boolean failed;
  private T image;
  private TiledMap tiles;

  Behind(Source<T> source, MapSink<T> sink, Executor executor) {
    this.source = source;
    this.sink = sink;
    this.executor = executor;
  }

  /**
   * Hands on a batch.
   *
   * @param maps of the inputs that could be read
   */
  void hand(List<Input<T>> inputs, List<AnomalyMap> maps) {
    FutureTask<Void> work = new FutureTask<>(() -> take(inputs, maps), null);
    waiting.add(work);
    executor.execute(work);
    while (waiting.size() > WAITING) {
      Waiting.on(waiting.remove());
    }
  }

  /**
   * Lets the sink finish, and passes its failure on.
   *
   * @param before the failure that ended the work, or null; that of the sink is added to it
   */
  void finish(Throwable before) {
    RuntimeException failure = null;
    for (FutureTask<Void> work : waiting) {
      try {
        Waiting.on(work);
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null && before == null) {
      throw failure;
    }
    if (failure != null) {
      before.addSuppressed(failure);
    }
  }

  private void take(List<Input<T>> inputs, List<AnomalyMap> maps) {
    if (failed) {
      return;
    }
    failed = true;
    Iterator<AnomalyMap> next = maps.iterator();
    for (Input<T> input : inputs) {
      if (input.failure().isPresent()) {
        sink.failed(input.image(), input.failure().get());
      } else if (input.tile().isPresent()) {
        join(input.image(), input.tile().get(), next.next());
      } else {
        sink.accept(input.image(), next.next());
      }
    }
    failed = false; // reached unless it threw
  }

  /** An image of which a tile could not be read is left out. */
  private void join(T whole, Tile tile, AnomalyMap map) {
    if (tiles == null || tile.index() == 0 || !whole.equals(image)) {
      tiles = new TiledMap(tile);
      image = whole;
    }
    tiles.add(tile, map);
    if (tiles.isComplete()) {
      AnomalyMap joined = tiles.joined();
      tiles = null;
      sink.accept(source.joined(whole, joined), joined);
    }
  }
}
