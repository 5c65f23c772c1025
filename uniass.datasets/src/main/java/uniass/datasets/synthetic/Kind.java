/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import uniass.api.data.Pixels;

/** The kinds of defects. */
enum Kind {
  /** A piece of the same image at another place (Li et al., CutPaste, CVPR 2021). */
  CUT_PASTE {
    @Override
    boolean paint(Scene s) {
      double[] from = s.foreground.place(s.random);
      int dx = (int) (from[0] - s.x);
      int dy = (int) (from[1] - s.y);
      int mirrored = s.random.nextInt(4);
      double light = s.around(14);
      Canvas c = s.canvas;
      Pixels source = c.pixels();
      return c.paint(
          s.random.nextBoolean() ? s.box() : s.blob(),
          (x, y, channel) -> {
            int u = (mirrored & 1) == 0 ? x + dx : (int) (2 * s.x) - x + dx;
            int v = (mirrored & 2) == 0 ? y + dy : (int) (2 * s.y) - y + dy;
            return light + value(source, u, v, channel);
          },
          s.strength);
    }
  },
  /** The texture of another image (Zavrtanik et al., DRAEM, ICCV 2021). */
  TEXTURE {
    @Override
    boolean paint(Scene s) {
      Pixels other = s.others.get();
      int dx = s.random.nextInt(other.width());
      int dy = s.random.nextInt(other.height());
      double light = s.around(40);
      double contrast = 0.7 + 0.8 * s.random.nextDouble();
      return s.canvas.paint(
          s.ragged(),
          (x, y, channel) ->
              128
                  + light
                  + contrast
                      * (value(other, (x + dx) % other.width(), (y + dy) % other.height(), channel)
                          - 128),
          s.strength);
    }
  },
  /** A texture made of noise or stripes. */
  GENERATED {
    @Override
    boolean paint(Scene s) {
      double[] dark = s.color();
      double[] bright = s.color();
      PerlinNoise noise = new PerlinNoise(2 + 14 * s.random.nextDouble(), s.random);
      boolean stripes = s.random.nextInt(3) == 0;
      double angle = Math.PI * s.random.nextDouble();
      double wave = 1 / (1 + 4 * s.random.nextDouble());
      double cos = wave * StrictMath.cos(angle);
      double sin = wave * StrictMath.sin(angle);
      return s.canvas.paint(
          s.random.nextBoolean() ? s.ragged() : s.blob(),
          (x, y, channel) -> {
            double t =
                stripes
                    ? 0.5 + 0.5 * StrictMath.sin(cos * x + sin * y)
                    : 0.5 + 0.5 * noise.rough(x, y);
            return dark[channel] + (bright[channel] - dark[channel]) * t;
          },
          s.strength);
    }
  },
  /** A thin line, darker or brighter than what it crosses. */
  SCRATCH {
    @Override
    boolean paint(Scene s) {
      double shift = s.away(60, 160);
      double tint = s.around(15);
      Canvas c = s.canvas;
      return c.paint(
          s.stroke(),
          (x, y, channel) -> c.value(x, y, channel) + shift + tint * (channel - 1),
          s.strength);
    }
  },
  /** A stain of one color. */
  SPOT {
    @Override
    boolean paint(Scene s) {
      double[] color = s.color();
      PerlinNoise grain = new PerlinNoise(3, s.random);
      return s.canvas.paint(
          s.blob(), (x, y, channel) -> color[channel] + 10 * grain.at(x, y), s.strength);
    }
  },
  /** A place of another brightness or hue. */
  COLOR {
    @Override
    boolean paint(Scene s) {
      boolean gray = s.random.nextBoolean();
      double[] shift = new double[3];
      double all = s.away(15, 70);
      Arrays.setAll(shift, c -> gray ? all : s.away(15, 70));
      Canvas c = s.canvas;
      return c.paint(
          s.random.nextBoolean() ? s.ragged() : s.blob(),
          (x, y, channel) -> c.value(x, y, channel) + shift[channel],
          s.strength);
    }
  },
  /** A place that is out of focus, or worn smooth. */
  BLUR {
    @Override
    boolean paint(Scene s) {
      int reach = 1 + (int) Math.min(4, s.size / 6);
      Canvas c = s.canvas;
      return c.paint(s.blob(), (x, y, channel) -> c.mean(x, y, channel, reach), 1);
    }
  },
  /** A piece of the product that is not there: one sees the ground. */
  MISSING {
    @Override
    boolean paint(Scene s) {
      if (!s.foreground.hasGround()) {
        return false;
      }
      Scene edge = s.at(s.foreground.edgePlace(s.random));
      int pixel = s.foreground.groundPixel(s.random);
      PerlinNoise grain = new PerlinNoise(3, s.random);
      byte[] rgb = s.canvas.pixels().rgb();
      return s.canvas.paint(
          s.random.nextBoolean() ? edge.blob() : edge.box(),
          (x, y, channel) -> (rgb[pixel + channel] & 0xFF) + 3 * grain.at(x, y),
          1);
    }
  };

  /**
   * Paints such a defect.
   *
   * @return whether one can see it; if not, nothing is painted
   */
  abstract boolean paint(Scene scene);

  /** The name in experiments, such as {@code cut-paste}. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Kind::key).toList();
  }

  static Kind of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static int value(Pixels image, int x, int y, int channel) {
    int column = Math.max(0, Math.min(image.width() - 1, x));
    int row = Math.max(0, Math.min(image.height() - 1, y));
    return image.rgb()[3 * (row * image.width() + column) + channel] & 0xFF;
  }

  /**
   * Where one defect comes.
   *
   * @param canvas to paint on
   * @param foreground the product in the image
   * @param others gives other images
   * @param random decides
   * @param x column of its center
   * @param y row of its center
   * @param size about its diameter in pixels
   * @param strength opacity, 0 to 1
   */
  record Scene(
      Canvas canvas,
      Foreground foreground,
      Supplier<Pixels> others,
      RandomGenerator random,
      double x,
      double y,
      double size,
      double strength) {

    Scene at(double[] place) {
      return new Scene(canvas, foreground, others, random, place[0], place[1], size, strength);
    }

    Stencil blob() {
      return Stencil.blob(x, y, size, random);
    }

    Stencil box() {
      return Stencil.box(x, y, size, random);
    }

    Stencil ragged() {
      return Stencil.ragged(x, y, size, random);
    }

    Stencil stroke() {
      return Stencil.stroke(x, y, size, random);
    }

    /** Between minus and plus so much. */
    double around(double most) {
      return most * (2 * random.nextDouble() - 1);
    }

    /** A shift of at least and at most so much, up or down. */
    double away(double least, double most) {
      double shift = least + (most - least) * random.nextDouble();
      return random.nextBoolean() ? shift : -shift;
    }

    /** A color: any, or a gray, or one of the image's made darker or brighter. */
    double[] color() {
      double[] color = new double[3];
      int how = random.nextInt(3);
      double gray = 255 * random.nextDouble();
      double shift = away(25, 110);
      for (int c = 0; c < 3; c++) {
        color[c] =
            switch (how) {
              case 0 -> 255 * random.nextDouble();
              case 1 -> gray;
              default -> canvas.value((int) x, (int) y, c) + shift;
            };
      }
      return color;
    }
  }
}
