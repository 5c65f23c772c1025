/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uniass.api.checkpoint.LoadReport;
import uniass.api.checkpoint.TensorData;
import uniass.tensor.Parameter;
import uniass.tensor.ParameterStore;

/** Moves values between a network's parameters and the tensors of a model file. */
final class SavedParameters {

  private SavedParameters() {}

  /** All parameters, as F32: views of the tensors' own memory if that is the processor's. */
  static Map<String, TensorData> save(ParameterStore parameters) {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    for (Parameter parameter : parameters.parameters()) {
      ByteBuffer bytes = parameter.value().toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN);
      tensors.put(
          parameter.name(), new TensorData(ElementType.F32.name(), shape(parameter), bytes));
    }
    return tensors;
  }

  /** Copies tensors in; when it throws, no parameter has changed. */
  static LoadReport load(Map<String, TensorData> tensors, ParameterStore parameters, String prefix)
      throws BadFileException {
    LoadReport report = compare(tensors, parameters, prefix);
    for (String name : report.matched()) {
      TensorData tensor = tensors.get(name.substring(prefix.length()));
      float[] values = ElementType.of(tensor.type()).floats(tensor.data());
      if (parameters.grows(name)) {
        parameters.replaceRows(name, values);
      } else {
        copy(values, parameters.get(name).value());
      }
    }
    parameters.allChanged();
    return report;
  }

  /** Compares keys, and refuses shapes that differ. */
  static LoadReport compare(
      Map<String, TensorData> tensors, ParameterStore parameters, String prefix)
      throws BadFileException {
    IgnoredKeys known = new IgnoredKeys(parameters);
    List<String> matched = new ArrayList<>();
    List<String> unexpected = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    for (Map.Entry<String, TensorData> entry : tensors.entrySet()) {
      String name = prefix + entry.getKey();
      Parameter parameter = parameters.get(name);
      if (parameter != null) {
        long[] expected = shape(parameter);
        if (parameters.grows(name) && entry.getValue().shape().length > 0) {
          expected[0] = Math.max(1, entry.getValue().shape()[0]);
        }
        check(entry.getKey(), entry.getValue(), expected);
        matched.add(name);
      } else {
        (known.contains(name) ? ignored : unexpected).add(name);
      }
    }
    Set<String> missing = new LinkedHashSet<>();
    parameters.parameters().forEach(parameter -> missing.add(parameter.name()));
    matched.forEach(missing::remove);
    return new LoadReport(matched, List.copyOf(missing), unexpected, ignored, List.of());
  }

  private static void check(String name, TensorData tensor, long... expected)
      throws BadFileException {
    if (!Arrays.equals(tensor.shape(), expected)) {
      throw new BadFileException(
          "has "
              + Quoted.text(name)
              + " with shape "
              + Arrays.toString(tensor.shape())
              + ", the network requires "
              + Arrays.toString(expected)
              + "; it belongs to another configuration");
    }
    if (!ElementType.of(tensor.type()).convertible()) {
      throw new BadFileException(
          "has " + Quoted.text(name) + " of type " + tensor.type() + ", which is not supported");
    }
  }

  private static long[] shape(Parameter parameter) {
    return parameter.value().getShape().getShape().clone();
  }

  private static void copy(float[] values, NDArray target) {
    if (target.getDataType() != DataType.FLOAT32) {
      throw new IllegalStateException("parameter '" + target.getName() + "' is not float32");
    }
    if (target.getDevice().isGpu()) {
      target.set(FloatBuffer.wrap(values));
    } else {
      // The tensor's own memory: no second copy of it, and views of it see the new values.
      target.toByteBuffer(true).asFloatBuffer().put(values);
    }
  }
}
