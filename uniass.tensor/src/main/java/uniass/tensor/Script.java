/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptMethod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Operations written in TorchScript, PyTorch's typed subset of Python, and run by the engine in one
 * native call each. No Python is involved: the text is put into an archive that PyTorch loads. They
 * take part in autograd, and give access to every operation that PyTorch has.
 *
 * <pre>{@code
 * private static final Script SCRIPT = Script.compile("mish", """
 *     def mish(self, x: Tensor) -> Tensor:
 *       return x * torch.tanh(torch.softplus(x))
 *     def halves(self, x: Tensor, dim: int) -> List[Tensor]:
 *       return torch.chunk(x, 2, dim)
 *     """);
 * ...
 * NDArray y = SCRIPT.apply("mish", x);
 * NDList halves = SCRIPT.call("halves", x, 1);
 * }</pre>
 *
 * <p>The text is TorchScript: operators, slices, {@code if}, {@code for}, list comprehensions and
 * comments work; operations are functions of {@code torch} under the names that PyTorch has inside,
 * such as {@code torch.upsample_bilinear2d(x, [h, w], True)}, or methods of a tensor; numbers stand
 * for types and memory formats; methods call each other through {@code self}. A long script lies in
 * a resource file beside its class: see {@link #load}. A script may be used by several threads at
 * once.
 *
 * <p>Every script also has two methods for dropout, which take a tenth of the time and a quarter of
 * the memory of {@code torch.dropout} on a CPU: {@code (self).keep_mask(x, p)} draws a mask in the
 * shape of a tensor, an int8 0 with probability p and 1 otherwise, from the engine's generator;
 * {@code (self).keep_scale(p)} is what keeps the mean, 1 / (1 - p). Both use p, at most 0.999,
 * rounded to a multiple of 1/65536.
 */
public final class Script {

  private static final String NONE = "none_";

  /** What every script has besides its own methods. */
  private static final String COMMON = text(Script.class);

  private static final Set<String> COMMON_NAMES =
      Set.of("dropped_", "keep_scale", "keep_mask", NONE);

  private final String name;
  private final PtNDManager owner;
  private final Map<String, ScriptMethod> methods;

  private Script(String name, PtNDManager owner, Map<String, ScriptMethod> methods) {
    this.name = name;
    this.owner = owner;
    this.methods = methods;
  }

  /**
   * Compiles the methods in the resource file beside a class that has the class's name and the
   * ending {@code .py}. See {@link #compile}.
   */
  public static Script load(Class<?> owner) {
    return compile(owner.getName(), text(owner));
  }

  private static String text(Class<?> owner) {
    String file = owner.getSimpleName() + ".py";
    try (InputStream in = owner.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException(file + " is missing beside " + owner.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Compiles methods. Loads the engine if that has not happened yet.
   *
   * @param name a name for error messages
   * @param methods method definitions, each {@code def NAME(self, x: Tensor, ...) -> Tensor} or
   *     {@code -> List[Tensor]}
   * @return the script, which stays loaded for the life of the process
   * @throws IllegalArgumentException with PyTorch's own message if it does not compile
   */
  public static Script compile(String name, String methods) {
    PtNDManager owner = (PtNDManager) Engines.load().newManager(Device.cpu());
    String text = methods.stripIndent() + "\n" + COMMON;
    try {
      PtSymbolBlock module =
          JniUtils.loadModule(
              owner, new ByteArrayInputStream(ScriptArchive.of(text)), false, false);
      IValue none = ScriptMethod.constant(module, NONE);
      Map<String, ScriptMethod> byName = new TreeMap<>();
      for (String method : JniUtils.getMethodNames(module)) {
        if (!COMMON_NAMES.contains(method)) {
          byName.put(method, new ScriptMethod(module, method, none));
        }
      }
      return new Script(name, owner, byName);
    } catch (EngineException e) {
      owner.close();
      throw new IllegalArgumentException(
          "script '" + name + "' does not compile: " + withoutStack(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a method whose result is one tensor. See {@link #call}. */
  public NDArray apply(String method, Object... arguments) {
    if (Recording.concerns(arguments)) {
      return Recording.apply(recordedAs(method), values -> apply(method, values), arguments);
    }
    try (IValue result = run(method, arguments)) {
      return result.toTensor(managerOf(arguments));
    }
  }

  /**
   * Runs a method. Results belong to the manager of the first tensor among the arguments, and to
   * the innermost open {@link ai.djl.ndarray.NDScope}.
   *
   * @param method the method's name
   * @param arguments for each parameter of the method: an {@link NDArray} for {@code Tensor}, an
   *     {@link NDList} for {@code List[Tensor]}, a Java number for {@code float} or {@code int}, a
   *     {@code long[]} or {@code double[]} for a list of them, a boolean or a string; null for None
   * @return one or several tensors
   * @throws IllegalArgumentException if there is no such method, or PyTorch refuses the arguments;
   *     with its message
   */
  public NDList call(String method, Object... arguments) {
    if (Recording.concerns(arguments)) {
      return Recording.applyAll(recordedAs(method), values -> call(method, values), arguments);
    }
    try (IValue result = run(method, arguments)) {
      return result.toNDList(managerOf(arguments));
    }
  }

  private IValue run(String method, Object... arguments) {
    ScriptMethod target = methods.get(method);
    if (target == null) {
      throw new IllegalArgumentException(
          "script '" + name + "' has no method '" + method + "'; there are: " + methods.keySet());
    }
    Object[] values = arguments.clone();
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof NDList tensors) {
        values[i] = tensors.toArray(new PtNDArray[0]);
      }
    }
    try {
      return target.call(values);
    } catch (EngineException e) {
      throw new IllegalArgumentException(
          "script '" + name + "', method '" + method + "': " + withoutStack(e), e);
    }
  }

  /** What a recorder is told of a method: only one that knows the script can write it. */
  private String recordedAs(String method) {
    return name + "." + method;
  }

  private PtNDManager managerOf(Object... arguments) {
    for (Object argument : arguments) {
      if (argument instanceof PtNDArray tensor) {
        return tensor.getManager();
      } else if (argument instanceof NDList tensors && !tensors.isEmpty()) {
        return (PtNDManager) tensors.get(0).getManager();
      }
    }
    return owner;
  }

  /** Returns PyTorch's message without the C++ stack trace that it appends. */
  private static String withoutStack(EngineException e) {
    String message = String.valueOf(e.getMessage());
    int stack = message.indexOf("\nException raised from");
    return (stack < 0 ? message : message.substring(0, stack)).strip();
  }
}
