/* SPDX-License-Identifier: Apache-2.0 */
package uniass.kura;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.ai.inference.ModelInfo;
import org.eclipse.kura.ai.inference.Tensor;
import org.eclipse.kura.ai.inference.TensorDescriptor;
import org.eclipse.kura.type.DataType;

/**
 * An image file as a tensor, and what was found in it as tensors. The types are called as those of
 * Kura's wires.
 */
final class Tensors {

  /** What a model takes. */
  static final String IMAGE = "image";

  private Tensors() {}

  /** What a model takes and gives; without thresholds, only score and heat map. */
  static ModelInfo info(String name, Model model) {
    List<TensorDescriptor> outputs = new ArrayList<>();
    if (model.decides()) {
      outputs.add(descriptor(Found.VERDICT, DataType.BOOLEAN));
      outputs.add(descriptor(Found.THRESHOLD, DataType.FLOAT));
    }
    outputs.add(descriptor(Found.SCORE, DataType.FLOAT));
    outputs.add(descriptor(Found.HEATMAP, DataType.BYTE_ARRAY));
    return ModelInfo.builder(name)
        .platform("uniass")
        .addInputDescriptor(descriptor(IMAGE, DataType.BYTE_ARRAY))
        .addAllOutputDescriptor(outputs)
        .build();
  }

  static List<Tensor> of(Found found) {
    List<Tensor> tensors = new ArrayList<>();
    found
        .verdict()
        .ifPresent(v -> add(tensors, Found.VERDICT, DataType.BOOLEAN, Boolean.class, v));
    found
        .threshold()
        .ifPresent(t -> add(tensors, Found.THRESHOLD, DataType.FLOAT, Float.class, t));
    add(tensors, Found.SCORE, DataType.FLOAT, Float.class, found.score());
    add(tensors, Found.HEATMAP, DataType.BYTE_ARRAY, byte[].class, found.heatmap());
    return tensors;
  }

  /**
   * The image file that a caller gave: as one {@code byte[]}, or byte by byte, as Kura's wires do.
   */
  static byte[] image(List<Tensor> input) throws KuraException {
    if (input.size() == 1) {
      Optional<List<byte[]>> whole = input.get(0).getData(byte[].class);
      if (whole.isPresent() && whole.get().size() == 1) {
        return whole.get().get(0);
      }
      Optional<List<Byte>> single = input.get(0).getData(Byte.class);
      if (single.isPresent()) {
        return unboxed(single.get());
      }
    }
    throw new KuraException(
        KuraErrorCode.INVALID_PARAMETER,
        "the input is one tensor '%s' with the bytes of one image file (type byte[], shape [1])"
            .formatted(IMAGE));
  }

  private static byte[] unboxed(List<Byte> bytes) {
    byte[] file = new byte[bytes.size()];
    int i = 0;
    for (byte value : bytes) {
      file[i++] = value;
    }
    return file;
  }

  private static <T> void add(
      List<Tensor> tensors, String name, DataType type, Class<T> form, T value) {
    tensors.add(new Tensor(form, descriptor(name, type), List.of(value)));
  }

  private static TensorDescriptor descriptor(String name, DataType type) {
    return TensorDescriptor.builder(name, type.name(), List.of(1L)).build();
  }
}
