/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import uniass.tensor.Parameter;
import uniass.tensor.ParameterStore;
import uniass.tensor.Recording.Recorder;
import uniass.tensor.Recording.Reference;
import uniass.tensor.UnrecordableException;

/**
 * Writes each recorded operation as nodes of a graph. The first axis of a recorded tensor is that
 * of the images, of which a run may have any number.
 */
final class NetworkGraph implements Recorder {

  /** Package, class and method; a package has no two methods of one name that are written here. */
  private static final Pattern SCRIPT_METHOD = Pattern.compile("(.*\\.)[^.]+\\.([^.]+)");

  private final Graph graph;
  private final Map<String, String> parameters = new HashMap<>();
  private final Map<String, Function<Call, String>> operations = new HashMap<>();

  NetworkGraph(Graph graph, int opset, ParameterStore store) {
    this.graph = graph;
    for (Parameter parameter : store.parameters()) {
      parameters.put(parameter.value().getUid(), parameter.name());
    }
    Nodes nodes = new Nodes(graph, opset);
    new Elementwise(graph, nodes).addTo(operations);
    new Layers(graph, nodes).addTo(operations);
    new Shapes(graph).addTo(operations);
    new BankMethods(graph, nodes).addTo(operations);
    new MapMethods(graph, nodes).addTo(operations);
    new BackboneMethods(graph, nodes).addTo(operations);
    new TransformerMethods(graph, nodes).addTo(operations);
  }

  @Override
  public Object operation(String operation, List<Object> arguments, NDArray result) {
    Matcher script = SCRIPT_METHOD.matcher(operation);
    boolean scripted = script.matches();
    Function<Call, String> writer =
        operations.get(scripted ? script.group(1) + script.group(2) : operation);
    if (writer == null) {
      throw new UnrecordableException(
          (scripted ? "the script method '" : "the operation '") + operation + "'");
    }
    return writer.apply(new Call(operation, arguments, result));
  }

  /** A recorded operation. */
  final class Call {

    private final String operation;
    private final List<Object> arguments;
    private final NDArray result;

    Call(String operation, List<Object> arguments, NDArray result) {
      this.operation = operation;
      this.arguments = arguments;
      this.result = result;
    }

    /** The name of a tensor among the arguments: of a recorded one, a parameter, or a number. */
    String tensor(int index) {
      return tensor(arguments.get(index));
    }

    String tensor(Object argument) {
      if (argument instanceof Reference reference) {
        return (String) reference.name();
      } else if (argument instanceof NDArray array) {
        return constant(array);
      } else if (argument instanceof Number number) {
        return graph.number(number.doubleValue());
      }
      throw new UnrecordableException("the operation '" + operation + "' with " + argument);
    }

    /** Whether an argument is there. */
    boolean has(int index) {
      return arguments.size() > index && arguments.get(index) != null;
    }

    /** A tensor's shape. */
    long[] shape(int index) {
      return shape(arguments.get(index));
    }

    static long[] shape(Object argument) {
      NDArray array =
          argument instanceof Reference reference ? reference.value() : (NDArray) argument;
      return array.getShape().getShape();
    }

    /** Whether an argument is a tensor that does not depend on the image. */
    boolean isConstant(int index) {
      return arguments.get(index) instanceof NDArray;
    }

    /** A tensor that is not recorded. */
    NDArray array(int index) {
      return (NDArray) arguments.get(index);
    }

    /** The values of a tensor that is not recorded. */
    float[] values(int index) {
      return ((NDArray) arguments.get(index)).toFloatArray();
    }

    int whole(int index) {
      return ((Number) arguments.get(index)).intValue();
    }

    double number(int index) {
      return ((Number) arguments.get(index)).doubleValue();
    }

    boolean flag(int index) {
      return (Boolean) arguments.get(index);
    }

    long[] wholes(int index) {
      Object argument = arguments.get(index);
      return argument instanceof int[] ints
          ? Arrays.stream(ints).asLongStream().toArray()
          : (long[]) argument;
    }

    /** Consecutive whole numbers. */
    long[] arguments(int first, int count) {
      return IntStream.range(first, first + count).mapToLong(this::whole).toArray();
    }

    List<?> list(int index) {
      return (List<?>) arguments.get(index);
    }

    int count() {
      return arguments.size();
    }

    /** The result's shape, -1 for the number of images. */
    long[] resultShape() {
      long[] shape = result.getShape().getShape().clone();
      if (shape.length > 0) {
        shape[0] = -1;
      }
      return shape;
    }

    UnrecordableException refused() {
      return new UnrecordableException("the operation '" + operation + "' in this form");
    }

    private String constant(NDArray array) {
      String name = parameters.getOrDefault(array.getUid(), "constant");
      return graph.floats(name, array.toFloatArray(), array.getShape().getShape());
    }
  }

  /** Numbers from 0 on. */
  static long[] range(int end) {
    return IntStream.range(0, end).asLongStream().toArray();
  }
}
