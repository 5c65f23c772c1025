package uniass.inference;

import java.util.OptionalDouble;
import uniass.api.data.AnomalyMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uniass.api.UniassException;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.Prediction;

/** How the inspection of many files ends: interrupted, with a network or a taker that fails. */
class FileInspectionTest {

  private static final int FILES = 12;

  private final List<Integer> taken = Collections.synchronizedList(new ArrayList<>());
  private final List<String> failed = Collections.synchronizedList(new ArrayList<>());
  private final List<Path> files =
      IntStream.range(0, FILES).mapToObj(i -> Path.of(i + ".png")).toList();
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

  private Inspector.Results results(IntConsumer taker) {
    return new Inspector.Results() {
      @Override
      public void accept(int index, Prediction result) {
        pause(takingMilliseconds);
        taker.accept(index);
        taken.add(index);
      }

      @Override
      public void failed(int index, Path file, String why) {
        failed.add(file + ": " + why);
      }
    };
  }

  /** Inspects in batches of two, for which {@code before} is called with their numbers. */
  private int inspect(IntConsumer before, IntConsumer taker) {
    BiFunction<List<String>, List<Input>, List<Prediction>> network =
        (names, inputs) -> {
          before.accept(batches++);
          return names.stream()
              .map(
                  name ->
                      new Prediction(
                          name,
                          new AnomalyMap(1, 1, new float[1]),
                          0,
                          Prediction.Verdict.UNDECIDED,
                          OptionalDouble.empty()))
              .toList();
        };
    return new FileInspection(
            files,
            results(taker),
            2,
            file -> {
              pause(20);
              return new Input.Normalized(new float[3]);
            })
        .run(network);
  }

  private static List<Integer> first(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void allAreTakenInTheirOrder() {
    assertEquals(FILES, inspect(batch -> {}, index -> {}));
    assertEquals(first(FILES), taken);
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
    assertEquals(List.of(), failed, "no file is to blame");
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
    assertEquals("not enough memory for such images; give Java more", e.getMessage());
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
