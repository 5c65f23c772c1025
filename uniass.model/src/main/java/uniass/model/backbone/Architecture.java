/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import java.util.ArrayList;
import java.util.List;

/**
 * The members of the family (Tan and Le 2019, table 1 and compound scaling) and the blocks whose
 * outputs are the four levels.
 */
enum Architecture {
  B0("efficientnet-b0", new Scale(1.0, 1.0, 224), false, 0, 2, 4, 10),
  B1("efficientnet-b1", new Scale(1.0, 1.1, 240), false, 1, 4, 7, 15),
  B2("efficientnet-b2", new Scale(1.1, 1.2, 260), false, 1, 4, 7, 15),
  B3("efficientnet-b3", new Scale(1.2, 1.4, 300), false, 1, 4, 7, 17),
  B4("efficientnet-b4", new Scale(1.4, 1.8, 380), false, 1, 5, 9, 21),
  B5("efficientnet-b5", new Scale(1.6, 2.2, 456), false, 2, 7, 12, 26),
  B6("efficientnet-b6", new Scale(1.8, 2.6, 528), false, 2, 8, 14, 30),
  LITE0("efficientnet-lite0", new Scale(1.0, 1.0, 224), true, 0, 2, 4, 10);

  /** What the norms add to the variance. */
  static final double NORM_EPS = 1e-3;

  private static final int STEM_WIDTH = 32;

  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 3, 1, 1, 16),
          new Stage(2, 3, 2, 6, 24),
          new Stage(2, 5, 2, 6, 40),
          new Stage(3, 3, 2, 6, 80),
          new Stage(3, 5, 1, 6, 112),
          new Stage(4, 5, 2, 6, 192),
          new Stage(1, 3, 1, 6, 320));

  /** The factors of compound scaling, and the image size in pixels that belongs to them. */
  private record Scale(double width, double depth, int nativeSize) {}

  private final String id;
  private final Scale scale;
  private final boolean lite;
  private final List<Integer> levels;

  Architecture(String id, Scale scale, boolean lite, Integer... levels) {
    this.id = id;
    this.scale = scale;
    this.lite = lite;
    this.levels = List.of(levels);
  }

  /** Its name in experiments and in pretrained weights. */
  String id() {
    return id;
  }

  /** Whether it has ReLU6 and no squeeze-excite. */
  boolean lite() {
    return lite;
  }

  /** Height and width in pixels for which its paddings are computed. */
  int nativeSize() {
    return scale.nativeSize();
  }

  /** Indices of the blocks whose outputs are the levels, fine to coarse. */
  List<Integer> levels() {
    return levels;
  }

  /** Channels of the stem's output. */
  int stemWidth() {
    return lite ? STEM_WIDTH : scaled(STEM_WIDTH);
  }

  /** The blocks up to the last that a level needs. */
  List<BlockShape> blocks() {
    List<BlockShape> blocks = new ArrayList<>();
    int needed = levels.get(levels.size() - 1) + 1;
    int inputs = stemWidth();
    int size = halved(scale.nativeSize());
    for (int s = 0; s < STAGES.size() && blocks.size() < needed; s++) {
      Stage stage = STAGES.get(s);
      int outputs = scaled(stage.width());
      int repeats = repeats(s);
      for (int r = 0; r < repeats && blocks.size() < needed; r++) {
        int stride = r == 0 ? stage.stride() : 1;
        blocks.add(
            new BlockShape(inputs, outputs, stage.kernel(), stride, stage.expansion(), size));
        inputs = outputs;
        size = stride == 2 ? halved(size) : size;
      }
    }
    return blocks;
  }

  /** Lite networks keep the depth of the first and last stage. */
  private int repeats(int stage) {
    int repeats = STAGES.get(stage).repeats();
    boolean kept = lite && (stage == 0 || stage == STAGES.size() - 1);
    return kept ? repeats : (int) Math.ceil(scale.depth() * repeats);
  }

  /** A width times the factor, rounded to a multiple of 8 but not by more than a tenth down. */
  private int scaled(int width) {
    double wanted = width * scale.width();
    int rounded = Math.max(8, (int) (wanted + 4) / 8 * 8);
    return rounded < 0.9 * wanted ? rounded + 8 : rounded;
  }

  private static int halved(int size) {
    return (size + 1) / 2;
  }

  private record Stage(int repeats, int kernel, int stride, int expansion, int width) {}

  /**
   * One block.
   *
   * @param size height and width of its input at the native size
   */
  record BlockShape(int inputs, int outputs, int kernel, int stride, int expansion, int size) {

    /** Whether the input is added to the output. */
    boolean skips() {
      return stride == 1 && inputs == outputs;
    }
  }
}
