/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.ImageFormat;
import uniass.api.data.Normalization;

/** How the inspection of many files ends: interrupted, with a network or a taker that fails. */
class ImageSourceTest {

  private static final int FILES = 12;

  private final List<Integer> taken = Collections.synchronizedList(new ArrayList<>());
  private final Set<Integer> unreadable = new HashSet<>();
  private int batches;
  private int takingMilliseconds = 100;

  /** A pause in which a thread that is interrupted would notice it. */
  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted at work", e);
    }
  }

  /** Inspects in batches of two, for which {@code before} is called with their numbers. */
  private void inspect(IntConsumer before, IntConsumer taker) {
    Pipeline.Network network =
        (values, n) -> {
          before.accept(batches++);
          return IntStream.range(0, n)
              .mapToObj(i -> new AnomalyMap(1, 1, new float[] {values.getFloat(12 * i)}))
              .toList();
        };
    MapSink<Integer> sink =
        new MapSink<>() {
          @Override
          public void accept(Integer index, AnomalyMap map) {
            assertEquals(index, (int) map.max(), "each gets its own map");
            pause(takingMilliseconds);
            taker.accept(index);
            taken.add(index);
          }

          @Override
          public void failed(Integer index, UniassException failure) {
            taken.add(-index);
          }
        };
    new Pipeline(network)
        .run(
            ImageSource.ahead(
                first(FILES),
                index -> {
                  pause(20);
                  if (unreadable.contains(index)) {
                    throw new UniassException("unreadable");
                  }
                  return new Decoded.Normalized(new float[] {index, 0, 0});
                },
                new Preparation(
                    null, ImageFormat.of(1, 1), Normalization.IMAGENET, Optional.empty()),
                2),
            sink);
  }

  private static List<Integer> first(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void allAreTakenInTheirOrder() {
    inspect(batch -> {}, index -> {});
    assertEquals(first(FILES), taken);
  }

  @Test
  void filesThatCannotBeReadKeepTheirPlaceAndLeaveBatchesFull() {
    unreadable.addAll(List.of(1, 2, 5, 11));
    inspect(batch -> {}, index -> {});
    assertEquals(List.of(0, -1, -2, 3, 4, -5, 6, 7, 8, 9, 10, -11), taken);
    assertEquals(FILES / 3, batches);
    taken.clear();
    unreadable.addAll(first(FILES));
    inspect(batch -> {}, index -> {});
    assertEquals(FILES, taken.size());
    assertEquals(FILES / 3, batches, "the network has nothing to do");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 100", "2, 100"})
  void anInterruptEndsItAtTheNextBatchAndLosesNothing(int when, int milliseconds) {
    takingMilliseconds = milliseconds;
    IntConsumer interrupted =
        batch -> {
          if (batch == when) {
            Thread.currentThread().interrupt();
          }
        };
    assertThrows(UniassException.class, () -> inspect(interrupted, index -> {}));
    assertTrue(Thread.interrupted(), "whoever called has to see it");
    assertEquals(first(2 * when + 2), taken);
  }

  @Test
  void whatWasComputedBeforeTheNetworkFailedIsTaken() {
    IntConsumer broken =
        batch -> {
          if (batch == 3) {
            throw new IllegalStateException("broken");
          }
        };
    Exception e = assertThrows(IllegalStateException.class, () -> inspect(broken, index -> {}));
    assertEquals("broken", e.getMessage());
    assertEquals(first(6), List.copyOf(taken), "all, and before the call ended");
  }

  @Test
  void tooLittleMemoryIsOneLineAndLosesNothing() {
    IntConsumer full =
        batch -> {
          if (batch == 1) {
            throw new OutOfMemoryError("Java heap space");
          }
        };
    Exception e =
        assertThrows(
            UniassException.class,
            () -> {
              try {
                inspect(full, index -> {});
              } catch (OutOfMemoryError raw) {
                throw new IllegalStateException(raw); // JUnit would end the process
              }
            });
    assertEquals(
        "out of memory for images of this size; give Java more heap or choose a smaller batch",
        e.getMessage());
    assertEquals(first(2), taken);
  }

  @Test
  void nothingIsHandedToATakerThatFailed() {
    takingMilliseconds = 0;
    IntConsumer full =
        index -> {
          if (index == 2) {
            throw new UniassException("disk full");
          }
        };
    Exception e = assertThrows(UniassException.class, () -> inspect(batch -> {}, full));
    assertEquals("disk full", e.getMessage());
    assertEquals(first(2), taken);
    assertFalse(batches == FILES / 2, "the network did not go on to the end");
  }
}
