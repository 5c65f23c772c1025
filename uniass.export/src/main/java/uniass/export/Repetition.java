/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import uniass.api.data.Images;
import uniass.api.data.Pixels;
import uniass.onnx.ModelDescription;
import uniass.onnx.OnnxModel;

/** A recorded check, repeated without the model that the file was made of. */
final class Repetition {

  private final Images images;
  private final OnnxModel model;
  private final ModelDescription description;

  Repetition(Images images, OnnxModel model, ModelDescription description) {
    this.images = images;
    this.model = model;
    this.description = description;
  }

  /** Computes the recorded images again; returns the record with what was found now. */
  CheckRecord of(CheckRecord record) {
    double deviation = 0;
    double scoreDeviation = 0;
    List<CheckImage> drawn = CheckImage.draw(record.height(), record.width(), true);
    for (CheckRecord.Result result : record.results()) {
      CheckImage image =
          drawn.stream().filter(i -> i.name().equals(result.image())).findFirst().orElseThrow();
      Map<String, float[]> outputs = run(image.pixels());
      float[] all = outputs.get(ExportedGraph.MAP);
      float[] map = Arrays.copyOf(all, all.length / Math.max(1, description.batch()));
      double differs = Comparison.difference(CheckRecord.sampled(map), result.samples());
      deviation = worse(deviation, differs / result.range());
      double score = outputs.get(ExportedGraph.SCORE)[0];
      scoreDeviation =
          worse(scoreDeviation, Math.abs(score - result.score()) / Math.abs(result.score()));
    }
    return record.with(deviation, scoreDeviation);
  }

  private static double worse(double a, double b) {
    return b <= a ? a : b;
  }

  private Map<String, float[]> run(Pixels image) {
    int n = Math.max(1, description.batch());
    if (description.pixels()) {
      return Runs.pixels(model, Collections.nCopies(n, image));
    }
    int height = description.wholeFormat().height();
    int width = description.wholeFormat().width();
    FloatBuffer values =
        ByteBuffer.allocate(3 * height * width * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    images.normalize(
        images.resize(image, description.wholeFormat()), description.normalization(), values, 0);
    float[] floats = new float[3 * height * width];
    values.get(floats);
    return Runs.normalized(model, Collections.nCopies(n, floats), height, width);
  }
}
