/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import uniass.api.data.Pixels;
import uniass.onnx.OnnxModel;

/** Runs a graph on images that lie in Java's memory. */
final class Runs {

  private Runs() {}

  /** Runs images of one size through a graph that takes pixels. */
  static Map<String, float[]> pixels(OnnxModel model, List<Pixels> images) {
    Pixels first = images.get(0);
    ByteBuffer bytes = ByteBuffer.allocateDirect(images.size() * first.rgb().length);
    images.forEach(image -> bytes.put(image.rgb()));
    return model.run(
        ExportedGraph.PIXELS, bytes.rewind(), images.size(), first.height(), first.width(), 3);
  }

  /** Runs normalized values (N,3,H,W) through a graph that takes them. */
  static Map<String, float[]> normalized(
      OnnxModel model, List<float[]> images, int height, int width) {
    int size = 3 * height * width;
    FloatBuffer floats =
        ByteBuffer.allocateDirect(images.size() * size * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    images.forEach(floats::put);
    return model.run(ExportedGraph.IMAGE, floats.rewind(), images.size(), 3, height, width);
  }
}
