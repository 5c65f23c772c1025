/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import uniass.api.UniassException;
import uniass.api.data.Tile;
import uniass.inference.pipeline.Inputs.Input;

/**
 * Images of any size: files that are decoded ahead, or images in memory. One that cannot be read is
 * passed on as such. Batches are filled up, also with tiles of several images.
 *
 * @param <T> what images are to those who take their maps
 */
public final class ImageSource<T> implements Source<T> {

  /** So that a folder without any readable image is reported in pieces, not at its end. */
  private static final int MOST_UNREADABLE = 4;

  private static final int DECODERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private final Iterator<T> images;
  private final Function<T, Decoded> decoder;
  private final Preparation preparation;
  private final int batch;
  private final Executor executor;
  private final Deque<Ahead<T>> ahead = new ArrayDeque<>();
  private T cutImage;
  private Decoded.Image cutPixels;
  private Iterator<Tile> tiles = List.<Tile>of().iterator();

  private ImageSource(
      List<T> images,
      Function<T, Decoded> decoder,
      Preparation preparation,
      int batch,
      Executor executor) {
    this.images = images.iterator();
    this.decoder = decoder;
    this.preparation = preparation;
    this.batch = batch;
    this.executor = executor;
  }

  /** An image in the making. */
  private record Ahead<T>(T image, FutureTask<Decoded> decoded) {}

  /**
   * Decodes images ahead.
   *
   * @param decoder called in several threads; throws {@link UniassException} for an image that
   *     cannot be read
   * @param batch images, or tiles, per forward pass
   */
  public static <T> ImageSource<T> ahead(
      List<T> images, Function<T, Decoded> decoder, Preparation preparation, int batch) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            DECODERS,
            work -> {
              Thread thread = new Thread(work, "uniass-decode");
              thread.setDaemon(true);
              return thread;
            });
    return new ImageSource<>(images, decoder, preparation, batch, threads);
  }

  /** Images that are there. */
  public static <T> ImageSource<T> here(
      List<T> images, Function<T, Decoded> decoded, Preparation preparation, int batch) {
    return new ImageSource<>(images, decoded, preparation, batch, Runnable::run);
  }

  @Override
  public Inputs<T> next() {
    List<Input<T>> inputs = new ArrayList<>();
    List<Decoded> parts = new ArrayList<>();
    while (parts.size() < batch && inputs.size() < MOST_UNREADABLE * batch) {
      if (tiles.hasNext()) {
        Tile tile = tiles.next();
        inputs.add(Input.of(cutImage, Optional.of(tile)));
        parts.add(preparation.cut(cutPixels, tile));
        continue;
      }
      decodeAhead();
      if (ahead.isEmpty()) {
        break;
      }
      take(ahead.remove(), inputs, parts);
    }
    return inputs.isEmpty() ? null : preparation.batch(inputs, parts);
  }

  /** Images that are to be cut wait at their own size, so only few of them do. */
  private void decodeAhead() {
    int most = preparation.cuts() ? 2 : 2 * batch;
    while (ahead.size() < most && images.hasNext()) {
      T image = images.next();
      FutureTask<Decoded> task = new FutureTask<>(() -> preparation.resized(decoder.apply(image)));
      ahead.add(new Ahead<>(image, task));
      executor.execute(task);
    }
  }

  private void take(Ahead<T> next, List<Input<T>> inputs, List<Decoded> parts) {
    try {
      Decoded decoded = Waiting.on(next.decoded());
      List<Tile> cut = preparation.tiles(decoded);
      if (cut.isEmpty()) {
        inputs.add(Input.of(next.image(), Optional.empty()));
        parts.add(decoded);
      } else {
        cutImage = next.image();
        cutPixels = (Decoded.Image) decoded;
        tiles = cut.iterator();
      }
    } catch (UniassException e) {
      inputs.add(Input.unreadable(next.image(), e));
    }
  }

  @Override
  public void close() {
    if (executor instanceof ExecutorService threads) {
      threads.shutdownNow();
    }
  }
}
