/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import uniass.api.UniassException;
import uniass.api.data.Batch;
import uniass.api.data.DataLoader;
import uniass.api.data.Image;
import uniass.api.data.Images;
import uniass.api.data.Normalization;
import uniass.api.data.Split;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.NetworkShape;
import uniass.inference.experiment.ExperimentLibrary;
import uniass.inference.experiment.ExperimentSpec.DatasetSpec;
import uniass.inference.testing.PlainPlugins;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;

/** How the computation of maps ends when the network or whoever takes the maps fails. */
class PipelineTest {

  private static final int SIDE = 16;
  private static final int BATCHES = 8;

  private final EngineReady engine = Engines.load();
  private final List<String> taken = new ArrayList<>();
  private int computed;

  /** Maps of zeros, and a failure instead of those of one batch. */
  private AnomalyNetwork network(int broken) {
    return (AnomalyNetwork)
        Proxy.newProxyInstance(
            AnomalyNetwork.class.getClassLoader(),
            new Class<?>[] {AnomalyNetwork.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("shape")) {
                return new NetworkShape(SIDE, SIDE, 32, List.of(), List.of());
              }
              if (computed++ == broken) {
                throw new IllegalStateException("network");
              }
              return ((NDArray) arguments[0]).getManager().zeros(new Shape(1, 1, SIDE, SIDE));
            });
  }

  /** Batches of one image. */
  private static DataLoader loader() {
    return new DataLoader() {
      private int next;

      @Override
      public int batches() {
        return BATCHES;
      }

      @Override
      public Batch next() {
        return next == BATCHES
            ? null
            : new Batch(
                List.of(Image.normal(next++ + ".png", "c", Split.TEST)),
                ByteBuffer.allocateDirect(3 * SIDE * SIDE * Float.BYTES),
                List.of(Optional.empty()),
                () -> {});
      }

      @Override
      public void close() {}
    };
  }

  private void run(int broken, Consumer<String> consumer) {
    DatasetSpec dataset = dataset();
    new Pipeline(new NetworkMaps(engine, Device.cpu(), network(broken)))
        .run(
            new DatasetImages(images(), dataset)
                .source(List.of(), dataset.batches(Normalization.IMAGENET, 1, false)),
            (truth, map) -> {
              pause();
              consumer.accept(truth.image().path());
              taken.add(truth.image().path());
            });
  }

  /** A data set of which the loader alone is used. */
  private static DatasetSpec dataset() {
    return new ExperimentLibrary(new PlainPlugins())
        .parse("test", "dataset: { root: . }", Path.of(""), List.of())
        .dataset();
  }

  private static Images images() {
    return (Images)
        Proxy.newProxyInstance(
            Images.class.getClassLoader(),
            new Class<?>[] {Images.class},
            (proxy, method, arguments) -> loader());
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void mapsAreTakenInTheirOrder() {
    run(BATCHES, path -> {});
    assertEquals(BATCHES, taken.size());
    assertEquals("7.png", taken.get(BATCHES - 1));
  }

  @Test
  void whatWasComputedBeforeTheNetworkFailedIsTaken() {
    Exception e = assertThrows(IllegalStateException.class, () -> run(2, path -> {}));
    assertEquals("network", e.getMessage());
    assertEquals(List.of("0.png", "1.png"), taken);
  }

  @Test
  void theFirstFailureIsTold() {
    Consumer<String> full =
        path -> {
          throw new UniassException("disk full");
        };
    Exception first = assertThrows(UniassException.class, () -> run(BATCHES, full));
    assertEquals("disk full", first.getMessage());
    computed = 0;
    Exception network = assertThrows(IllegalStateException.class, () -> run(1, full));
    assertEquals("network", network.getMessage());
    assertEquals("disk full", network.getSuppressed()[0].getMessage());
  }
}
