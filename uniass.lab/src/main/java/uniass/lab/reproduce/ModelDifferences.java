/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.reproduce;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.checkpoint.TensorData;

/** Compares two model files. */
final class ModelDifferences {

  private ModelDifferences() {}

  /** What differs, one line each. */
  static List<String> between(Checkpoint before, Checkpoint now) {
    List<String> lines = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(before.metadata().keySet());
    keys.addAll(now.metadata().keySet());
    keys.stream()
        .filter(key -> !Objects.equals(before.metadata().get(key), now.metadata().get(key)))
        .forEach(key -> lines.add("metadata " + key));
    TreeSet<String> names = new TreeSet<>(before.tensors().keySet());
    names.addAll(now.tensors().keySet());
    int differing = 0;
    double largest = 0;
    String where = "";
    for (String name : names) {
      TensorData a = before.tensors().get(name);
      TensorData b = now.tensors().get(name);
      if (a == null || b == null || !Arrays.equals(a.shape(), b.shape())) {
        lines.add(
            "tensor "
                + name
                + (a == null ? " is new" : b == null ? " is gone" : " has another shape"));
      } else if (!a.data().duplicate().rewind().equals(b.data().duplicate().rewind())) {
        differing++;
        double difference = largest(a, b);
        if (where.isEmpty() || difference > largest) {
          largest = difference;
          where = name;
        }
      }
    }
    if (differing > 0) {
      lines.add(
          "%d of %d tensors; the largest difference is %.3g, in %s"
              .formatted(differing, names.size(), largest, where));
    }
    return lines;
  }

  private static double largest(TensorData a, TensorData b) {
    if (!a.type().equals("F32") || !b.type().equals("F32")) {
      return Double.NaN;
    }
    ByteBuffer left = a.data().duplicate().order(ByteOrder.LITTLE_ENDIAN).rewind();
    ByteBuffer right = b.data().duplicate().order(ByteOrder.LITTLE_ENDIAN).rewind();
    double largest = 0;
    while (left.remaining() >= Float.BYTES) {
      largest = Math.max(largest, Math.abs((double) left.getFloat() - right.getFloat()));
    }
    return largest;
  }
}
