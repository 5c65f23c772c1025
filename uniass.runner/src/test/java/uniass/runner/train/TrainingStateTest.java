/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.UniassException;
import uniass.runner.train.TrainingState.Best;
import uniass.runner.train.TrainingState.Current;

class TrainingStateTest {

  private static final TrainingState STATE =
      new TrainingState(
          1,
          7,
          6,
          1e-3,
          new Current(2, 2, 1, 8, 3.5, 0.25),
          new Best(1, Double.NaN, 0),
          false,
          List.of(Map.of("epoch", 1.0, "loss", Double.NaN)));

  @Test
  void readsWhatItWrote() {
    assertEquals(STATE, TrainingState.fromJson(STATE.toJson()));
  }

  /** A run that the first versions began goes on. */
  @ParameterizedTest
  @ValueSource(strings = {"images", "pictures"})
  void readsTheFirstForm(String images) {
    String json =
        """
        {"epoch":1,"batch":2,"batches":7,"steps":6,"lossSum":3.5,"normSum":0.25,"%s":8,\
        "epochSteps":2,"skipped":1,"rate":0.001,"bestEpoch":1,"bestValue":NaN,"sinceBest":0,\
        "ended":false,"rows":[{"epoch":1.0,"loss":NaN}]}"""
            .formatted(images);
    assertEquals(STATE, TrainingState.fromJson(json));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "{\"current\":{}}", "{\"epoch\":\"x\"}"})
  void whatIsNoStateIsDamaged(String json) {
    assertEquals(
        "its training state is damaged",
        assertThrows(UniassException.class, () -> TrainingState.fromJson(json)).getMessage());
  }
}
