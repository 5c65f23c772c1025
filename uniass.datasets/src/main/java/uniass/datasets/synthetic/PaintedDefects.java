/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.synthetic;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.UniassException;
import uniass.api.data.SyntheticAnomalies;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.datasets.synthetic.Kind.Scene;

/**
 * Paints defects of several kinds on the product. Sizes are uniform on a logarithmic scale, so that
 * small ones are as frequent as large ones; strengths are uniform. Defects that nobody would see
 * are drawn again.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "painted",
    description =
        "cut-paste, textures of other images and of noise, scratches, spots, color, blur, missing"
            + " parts")
public final class PaintedDefects implements SyntheticAnomalies {

  private static final String KINDS = "kinds";
  private static final String SMALLEST = "smallest";
  private static final String LARGEST = "largest";
  private static final String WEAKEST = "weakest";
  private static final String STRONGEST = "strongest";
  private static final String MOST = "most";
  private static final String FOREGROUND = "foreground";

  private static final int TRIES = 8;

  private static final String SURE = Kind.SPOT.key();

  /** Diameter in pixels of a spot that is seen in any case. */
  private static final double SEEN = 4;

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.texts(KINDS, Kind.keys(), Kind.keys(), "the kinds of defects, equally frequent"),
        Setting.number(
            SMALLEST, 0.015, 0.001, 1, "smallest diameter as a share of the image's shorter side"),
        Setting.number(LARGEST, 0.35, 0.001, 1, "largest diameter, likewise"),
        Setting.number(WEAKEST, 0.3, 0.05, 1, "smallest opacity of what is painted"),
        Setting.number(STRONGEST, 1, 0.05, 1, "largest opacity"),
        Setting.integer(MOST, 2, 1, 100, "largest number of defects in an image"),
        Setting.flag(
            FOREGROUND, true, "keep defects on the product, if it stands on a plain ground"));
  }

  @Override
  public Settings single(Settings settings) {
    Map<String, Object> values = new HashMap<>(settings.values());
    values.put(MOST, 1L);
    return new Settings(values);
  }

  @Override
  public Generator create(Settings settings) {
    List<Kind> kinds = settings.texts(KINDS).stream().map(Kind::of).toList();
    if (kinds.isEmpty()) {
      throw new UniassException("kinds: name one at least of " + String.join(", ", Kind.keys()));
    }
    Range size = range(settings, SMALLEST, LARGEST);
    Range strength = range(settings, WEAKEST, STRONGEST);
    int most = settings.integer(MOST);
    boolean onForeground = settings.flag(FOREGROUND);
    return (image, others, random) -> {
      Canvas canvas = new Canvas(image);
      Foreground foreground = onForeground ? Foreground.of(image) : Foreground.all(image);
      int side = Math.min(image.height(), image.width());
      int left = 1 + random.nextInt(most);
      String first = null;
      for (int tries = left * TRIES; tries > 0 && left > 0; tries--) {
        double diameter = size.logUniform(random) * side;
        double opacity = strength.uniform(random);
        Kind kind = kinds.get(random.nextInt(kinds.size()));
        double[] place = foreground.place(random);
        if (kind.paint(
            new Scene(canvas, foreground, others, random, place[0], place[1], diameter, opacity))) {
          first = first == null ? kind.key() : first;
          left--;
        }
      }
      if (first == null) {
        first = SURE;
        paintForSure(canvas, size.logUniform(random) * side, foreground.place(random), random);
      }
      return new Synthetic(canvas.pixels(), canvas.mask(), first);
    };
  }

  /** Where nothing that was drawn could be seen: a plain spot, black on bright, white on dark. */
  private static void paintForSure(
      Canvas canvas, double size, double[] place, RandomGenerator random) {
    double[] color = new double[3];
    Arrays.setAll(color, c -> canvas.value((int) place[0], (int) place[1], c) < 128 ? 255 : 0);
    Stencil spot = Stencil.blob(place[0], place[1], Math.max(size, SEEN), random);
    canvas.paint(spot, (x, y, channel) -> color[channel], 1);
  }

  private static Range range(Settings settings, String least, String most) {
    Range range = new Range(settings.number(least), settings.number(most));
    if (range.least > range.most) {
      throw new UniassException(least + " must not be above " + most);
    }
    return range;
  }

  private record Range(double least, double most) {

    double uniform(RandomGenerator random) {
      return least + (most - least) * random.nextDouble();
    }

    double logUniform(RandomGenerator random) {
      return least * StrictMath.pow(most / least, random.nextDouble());
    }
  }
}
