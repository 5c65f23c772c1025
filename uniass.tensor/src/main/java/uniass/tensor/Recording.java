/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Records what a network computes. {@link #of} gives a stand-in for a tensor; every operation of
 * {@link Ops} or {@link NDArray} on it is computed, told to a recorder, and gives another stand-in.
 * So whatever a plug-in computes with these operations can be written in another form, such as
 * ONNX, and the plug-in need not know.
 *
 * <pre>{@code
 * NDArray image = Recording.of(values, "image", recorder);
 * network.anomalyMaps(image, Pass.inference().with(Execution.DIRECT));
 * }</pre>
 *
 * <p>The recorded tensor comes first: {@code x.add(weight)} is recorded, {@code weight.add(x)} is
 * refused. So is reading a recorded tensor's elements. A method of a {@link Script} is told of by
 * the script's name, a dot and its own, and with {@code #} and a number for each of several
 * results.
 */
public final class Recording {

  /** What says something about a tensor, or decides who frees it. */
  private static final Set<String> ABOUT =
      Set.of(
          "getManager",
          "getShape",
          "getDataType",
          "getDevice",
          "size",
          "isEmpty",
          "isScalar",
          "getName",
          "getUid",
          "isReleased",
          "hasGradient");

  private static final Set<String> OWNING = Set.of("attach", "tempAttach", "close", "setName");

  private Recording() {}

  /** Is told of operations. */
  @FunctionalInterface
  @ConsumerType
  public interface Recorder {

    /**
     * Takes an operation.
     *
     * @param operation the method's name in {@link Ops} or {@link NDArray}, in Java's spelling
     * @param arguments in the method's order, the receiver first: a {@link Reference} for each
     *     recorded tensor, a list for several tensors, everything else as it is
     * @param result what it gave
     * @return a name for the result, which comes back in {@link Reference#name}
     * @throws UnrecordableException if it cannot be recorded
     */
    Object operation(String operation, List<Object> arguments, NDArray result);

    /** Whether layers may show a shorter form of what they compute, such as one map for three. */
    default boolean shortened() {
      return true;
    }
  }

  /**
   * A recorded tensor among the arguments.
   *
   * @param name what the recorder called it
   * @param value its value
   */
  public record Reference(Object name, NDArray value) {}

  /**
   * Returns a stand-in for a tensor.
   *
   * @param name what the recorder calls it
   */
  public static NDArray of(NDArray value, Object name, Recorder recorder) {
    NDScope.unregister(value); // lives as long as its manager: several stand-ins may share it
    return (NDArray)
        Proxy.newProxyInstance(
            Recorded.class.getClassLoader(),
            new Class<?>[] {Recorded.class},
            new StandIn(value, name, recorder));
  }

  /** Whether operations on a tensor are recorded. */
  public static boolean isOn(NDArray x) {
    return x instanceof Recorded;
  }

  /** Whether a layer that has a shorter form is to compute it, so that this is recorded. */
  public static boolean isShortened(NDArray x) {
    return x instanceof Recorded recorded && recorded.recorder().shortened();
  }

  /** What a recorded tensor is called, and its value; null for others. */
  public static Reference reference(NDArray x) {
    return x instanceof Recorded recorded
        ? new Reference(recorded.recordedName(), recorded.recordedValue())
        : null;
  }

  /** Computes an operation with the tensors' values and tells of it. */
  static NDArray apply(String operation, Function<Object[], NDArray> compute, Object... arguments) {
    NDArray result = compute.apply(values(arguments));
    Recorder recorder = recorder(arguments);
    return of(result, recorder.operation(operation, references(arguments), result), recorder);
  }

  /** The same for an operation with several results, each of which is told of by its number. */
  static NDList applyAll(
      String operation, Function<Object[], NDList> compute, Object... arguments) {
    NDList results = compute.apply(values(arguments));
    Recorder recorder = recorder(arguments);
    List<Object> references = references(arguments);
    NDList recorded = new NDList();
    for (int i = 0; i < results.size(); i++) {
      NDArray result = results.get(i);
      Object name = recorder.operation(operation + "#" + i, references, result);
      recorded.add(of(result, name, recorder));
    }
    return recorded;
  }

  /** Whether one of several arguments is recorded. */
  static boolean concerns(Object... arguments) {
    return recorder(arguments) != null;
  }

  private static Recorder recorder(Object... arguments) {
    for (Object argument : arguments) {
      if (argument instanceof Recorded recorded) {
        return recorded.recorder();
      } else if (argument instanceof NDArray[] several && concerns((Object[]) several)) {
        return recorder((Object[]) several);
      } else if (argument instanceof NDList several && concerns(several.toArray())) {
        return recorder(several.toArray());
      }
    }
    return null;
  }

  private static Object[] values(Object... arguments) {
    Object[] values = arguments.clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = value(values[i]);
    }
    return values;
  }

  private static Object value(Object argument) {
    if (argument instanceof Recorded recorded) {
      return recorded.recordedValue();
    } else if (argument instanceof NDArray[] several) {
      NDArray[] values = several.clone();
      for (int i = 0; i < values.length; i++) {
        values[i] = (NDArray) value(values[i]);
      }
      return values;
    } else if (argument instanceof NDList several) {
      return new NDList((NDArray[]) value(several.toArray(new NDArray[0])));
    }
    return argument;
  }

  private static List<Object> references(Object... arguments) {
    List<Object> references = new ArrayList<>();
    for (Object argument : arguments) {
      if (argument instanceof NDArray[] several) {
        references.add(references((Object[]) several));
      } else if (argument instanceof NDList several) {
        references.add(references(several.toArray()));
      } else if (argument instanceof Recorded recorded) {
        references.add(reference(recorded));
      } else {
        references.add(argument);
      }
    }
    return references;
  }

  private record StandIn(NDArray value, Object name, Recorder recorder)
      implements InvocationHandler {

    @Override
    public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
      Object[] arguments = given == null ? new Object[0] : given;
      String called = method.getName();
      switch (called) {
        case "recordedValue":
          return value;
        case "recordedName":
          return name;
        case "recorder":
          return recorder;
        case "equals":
          return proxy == arguments[0];
        case "hashCode":
          return System.identityHashCode(proxy);
        case "toString":
          return "recorded " + name;
        default:
      }
      if (OWNING.contains(called)) {
        return null; // the recording's manager frees it
      } else if (ABOUT.contains(called)) {
        return call(method, arguments);
      }
      Object[] all = new Object[arguments.length + 1];
      all[0] = proxy;
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      Object result = method.getReturnType() == NDArray.class ? call(method, arguments) : null;
      NDArray tensor = (NDArray) result;
      return of(tensor, recorder.operation(called, references(all), tensor), recorder);
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
      try {
        return method.invoke(value, values(arguments));
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
