package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uniass.runner.train.Calibration.Scored;

class CalibrationTest {

  private static List<Scored> scores(double... values) {
    List<Scored> scored = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      scored.add(new Scored(i + ".png", values[i]));
    }
    return scored;
  }

  @Test
  void aThresholdThatRestsOnOneUnusualImageNamesIt() {
    assertEquals(
        Optional.of(
            "threshold of category 'cap': 1.100, 5.5 times the usual score of its normal images,"
                + " because of 2.png; if that is not a good image like the others, take it out"),
        Calibration.outlier("cap", 1.1, scores(0.1, 0.2, 1.1, 0.3, 0.2)));
  }

  @Test
  void anOrdinarySpreadIsNoCauseForDoubt() {
    assertTrue(Calibration.outlier("cap", 0.4, scores(0.1, 0.2, 0.4, 0.3, 0.2)).isEmpty());
    assertTrue(Calibration.outlier("cap", 0.9, scores(0.1, 0.9)).isEmpty());
  }
}
