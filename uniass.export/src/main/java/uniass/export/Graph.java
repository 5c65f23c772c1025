/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** An ONNX graph in the making. Tensors are known by their names. */
final class Graph {

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("uniass");

  private final Map<String, Integer> counts = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private final Map<Object, String> constants = new HashMap<>();

  /** Adds a node with one output. */
  String node(String type, List<String> inputs, Object... attributes) {
    return lastOf(1, type, inputs, attributes);
  }

  /** Adds a node with several outputs, of which the last is wanted. */
  String lastOf(int outputs, String type, List<String> inputs, Object... attributes) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      names.add(unique(type.toLowerCase(Locale.ROOT)));
    }
    add(type, inputs, names, attributes);
    return names.get(outputs - 1);
  }

  /** The largest values of each row of a tensor of two dimensions, of which there are so many. */
  String largest(String rows, int count) {
    String values = unique("largest");
    add("TopK", List.of(rows, longs(count)), List.of(values, unique("places")));
    return values;
  }

  private void add(String type, List<String> inputs, List<String> outputs, Object... attributes) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(type).setName(outputs.get(0)).addAllInput(inputs);
    for (int i = 0; i < attributes.length; i += 2) {
      node.addAttribute(attribute((String) attributes[i], attributes[i + 1]));
    }
    graph.addNode(node.addAllOutput(outputs));
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof Integer number) {
      attribute.setType(AttributeProto.AttributeType.INT).setI(number);
    } else if (value instanceof Double number) {
      attribute.setType(AttributeProto.AttributeType.FLOAT).setF(number.floatValue());
    } else if (value instanceof String text) {
      attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
    } else {
      attribute
          .setType(AttributeProto.AttributeType.INTS)
          .addAllInts(LongStream.of((long[]) value).boxed().toList());
    }
    return attribute.build();
  }

  private String unique(String hint) {
    String name = hint;
    while (!used.add(name)) {
      name = hint + "_" + counts.merge(hint, 1, Integer::sum);
    }
    return name;
  }

  /** A tensor of numbers. */
  String floats(String hint, float[] values, long... shape) {
    ByteBuffer bytes = bytes(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return constant(hint, TensorProto.DataType.FLOAT, bytes, shape);
  }

  /** A tensor of float64 numbers. */
  String doubles(double... values) {
    ByteBuffer bytes = bytes(values.length * Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return constant("number", TensorProto.DataType.DOUBLE, bytes, vector(values.length));
  }

  /** One number. */
  String number(double value) {
    return floats("number", new float[] {(float) value});
  }

  /** A list of whole numbers. */
  String longs(long... values) {
    ByteBuffer bytes = bytes(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return constant("sizes", TensorProto.DataType.INT64, bytes, values.length);
  }

  /** One whole number. */
  String whole(long value) {
    ByteBuffer bytes = bytes(Long.BYTES);
    bytes.asLongBuffer().put(value);
    return constant("index", TensorProto.DataType.INT64, bytes);
  }

  private static long[] vector(int length) {
    return length == 1 ? new long[0] : new long[] {length};
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String constant(String hint, TensorProto.DataType type, ByteBuffer bytes, long... shape) {
    List<Object> key = List.of(type, ByteBuffer.wrap(bytes.array()), Arrays.toString(shape), hint);
    return constants.computeIfAbsent(
        key,
        same -> {
          String name = unique(hint);
          graph.addInitializer(
              TensorProto.newBuilder()
                  .setName(name)
                  .setDataType(type.getNumber())
                  .addAllDims(LongStream.of(shape).boxed().toList())
                  .setRawData(ByteString.copyFrom(bytes.array())));
          return name;
        });
  }

  /**
   * Declares an input.
   *
   * @param shape sizes as numbers, or names of sizes that may be anything
   */
  void input(String name, TensorProto.DataType type, Object... shape) {
    used.add(name);
    graph.addInput(value(name, type, shape));
  }

  /** Declares an output, which is a copy of a tensor. */
  void output(String name, String tensor, TensorProto.DataType type, Object... shape) {
    add("Identity", List.of(tensor), List.of(name));
    graph.addOutput(value(name, type, shape));
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, Object... shape) {
    TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
    for (Object size : shape) {
      var dimension = TensorShapeProto.Dimension.newBuilder();
      sizes.addDim(
          size instanceof Number number
              ? dimension.setDimValue(number.longValue())
              : dimension.setDimParam((String) size));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(sizes)))
        .build();
  }

  /** The graph, without nodes that nothing needs. */
  GraphProto build() {
    Set<String> needed = new HashSet<>();
    graph.getOutputList().forEach(output -> needed.add(output.getName()));
    List<NodeProto> nodes = graph.getNodeList();
    boolean[] kept = new boolean[nodes.size()];
    for (int i = nodes.size() - 1; i >= 0; i--) {
      kept[i] = nodes.get(i).getOutputList().stream().anyMatch(needed::contains);
      if (kept[i]) {
        needed.addAll(nodes.get(i).getInputList());
      }
    }
    GraphProto.Builder whole = graph.clone();
    whole.clearNode().clearInitializer();
    IntStream.range(0, kept.length).filter(i -> kept[i]).forEach(i -> whole.addNode(nodes.get(i)));
    graph.getInitializerList().stream()
        .filter(tensor -> needed.contains(tensor.getName()))
        .forEach(whole::addInitializer);
    return whole.build();
  }
}
