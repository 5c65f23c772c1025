package uniass.runner.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uniass.api.inspection.Inspector.Results;
import uniass.api.inspection.PictureResult;
import uniass.api.inspection.PictureResult.Verdict;

class FileInspectionTest {

  @Test
  void anInterruptEndsItAtTheNextBatchAndLosesNothing() {
    List<Path> files = IntStream.range(0, 40).mapToObj(i -> Path.of(i + ".png")).toList();
    List<Integer> found = Collections.synchronizedList(new ArrayList<>());
    Results results =
        new Results() {
          private boolean stopped;

          @Override
          public void accept(int index, PictureResult result) {
            found.add(index);
          }

          @Override
          public void failed(int index, Path file, String why) {
            throw new AssertionError(why);
          }

          @Override
          public boolean cancelled() {
            stopped |= Thread.interrupted();
            return stopped;
          }
        };
    int done =
        new FileInspection(files, results, 4, file -> new Input.Picture(null))
            .run(
                (names, inputs) -> {
                  if (names.contains("8.png")) {
                    Thread.currentThread().interrupt();
                  }
                  return names.stream().map(FileInspectionTest::result).toList();
                });
    assertEquals(12, done);
    assertEquals(IntStream.range(0, 12).boxed().toList(), found);
  }

  private static PictureResult result(String name) {
    return new PictureResult(name, 1, 1, new float[1], 0, Verdict.NORMAL, 1);
  }
}
