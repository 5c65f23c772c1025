/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uniass.api.data.Pixels;
import uniass.api.inspection.NormalImages;
import uniass.api.inspection.PreparedImage;
import uniass.gateway.drift.Condition.State;

class WatchTest {

  private static final int SIDE = 24;

  private final Random random = new Random(7);

  private double[] scores(int count, double mean) {
    return random.doubles(count, mean - 0.1, mean + 0.1).sorted().toArray();
  }

  private Watch watch() {
    return new Watch(
        Optional.of(
            new NormalImages(
                scores(60, 0.5),
                true,
                new double[] {90, 130},
                new double[] {40, 200},
                Set.of("64x48"))));
  }

  /** Noise: its sharpness is about 1.3 times its amplitude for differences of four neighbors. */
  private PreparedImage image(int gray, int amplitude, int width) {
    byte[] rgb = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
      byte value = (byte) Math.max(0, gray + random.nextInt(2 * amplitude + 1) - amplitude);
      rgb[3 * i] = rgb[3 * i + 1] = rgb[3 * i + 2] = value;
    }
    return new PreparedImage(48, width, new Pixels(SIDE, SIDE, rgb));
  }

  private static void see(Watch watch, State state, String words) {
    Condition condition = watch.condition();
    assertEquals(state, condition.state(), condition.detail());
    assertTrue(condition.detail().contains(words), condition.detail());
  }

  @Test
  void imagesAsInTrainingAreOk() {
    Watch watch = watch();
    for (int i = 0; i < 300; i++) {
      watch.seen(image(110, 40, 64));
      watch.scored(0.4 + 0.2 * random.nextDouble());
      assertEquals(State.OK, watch.condition().state(), watch.condition().detail());
    }
    assertTrue(watch.condition().distance().orElseThrow() < 0.3);
  }

  @Test
  void scoresThatRiseDriftAndAFewDefectsDoNot() {
    Watch watch = watch();
    for (int i = 0; i < 200; i++) {
      watch.scored(i % 10 == 0 ? 5 : 0.4 + 0.2 * random.nextDouble());
    }
    assertEquals(State.OK, watch.condition().state());
    for (int i = 0; i < 150; i++) {
      watch.scored(0.5 + 0.2 * random.nextDouble());
    }
    see(watch, State.DRIFTING, "the last 200 scores are not distributed");
    assertTrue(watch.condition().confidence().orElseThrow() > 0.999);
  }

  @Test
  void aBrokenCameraIsSeen() {
    Watch watch = watch();
    PreparedImage frozen = image(110, 40, 64);
    for (int i = 0; i < 20; i++) {
      watch.seen(frozen);
    }
    see(watch, State.BROKEN_CAMERA, "the last 20 images are the same");
    for (int i = 0; i < 10; i++) {
      watch.seen(image(110, 2, 64));
    }
    see(watch, State.BROKEN_CAMERA, "half as sharp");
    for (int i = 0; i < 3; i++) {
      watch.seen(image(1, 1, 64));
    }
    see(watch, State.BROKEN_CAMERA, "the last 3 images are black");
    watch.seen(image(110, 40, 64));
    see(watch, State.OK, "");
  }

  @Test
  void otherLightAndOtherSizesDrift() {
    Watch watch = watch();
    for (int i = 0; i < 20; i++) {
      watch.seen(image(200, 50, 64));
    }
    see(watch, State.DRIFTING, "of another brightness than in training");
    for (int i = 0; i < 20; i++) {
      watch.seen(image(110, 40, 128));
    }
    see(watch, State.DRIFTING, "128x48; then 64x48");
  }

  @Test
  void withoutAReferenceOnlyBlackAndFrozenCanBeSeen() {
    Watch watch = new Watch(Optional.empty());
    for (int i = 0; i < 100; i++) {
      watch.seen(image(250, 1, 3));
      watch.scored(i);
    }
    see(watch, State.OK, "drift cannot be seen");
  }
}
