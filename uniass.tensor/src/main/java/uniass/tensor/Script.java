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
import java.io.UncheckedIOException;
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
 *       return torch.mul(x, torch.tanh(torch.softplus(x)))
 *     def halves(self, x: Tensor, dim: int) -> List[Tensor]:
 *       return torch.chunk(x, 2, dim)
 *     """);
 * ...
 * NDArray y = SCRIPT.apply("mish", x);
 * NDList halves = SCRIPT.call("halves", x, 1);
 * }</pre>
 *
 * <p>The text is TorchScript as PyTorch serializes it: operations are called as functions of {@code
 * torch}, such as {@code torch.upsample_bilinear2d(x, [h, w], True)}; {@code if}, {@code for} and
 * list comprehensions work; methods call each other through {@code self}. A script may be used by
 * several threads at once.
 *
 * <p>Every script also has two methods for dropout, which take a tenth of the time and a quarter of
 * the memory of {@code torch.dropout} on a CPU: {@code (self).keep_mask(x, p)} draws a mask in the
 * shape of a tensor, an int8 0 with probability p and 1 otherwise, from the engine's generator;
 * {@code (self).keep_scale(p)} is what keeps the mean, 1 / (1 - p). Both use p, at most 0.999,
 * rounded to a multiple of 1/65536.
 */
public final class Script {

  private static final String NONE = "none_";

  /**
   * The generator's 64 bits are four numbers of 16 bits. PyTorch compares into the same type and
   * converts to int8 with vector instructions, which it does not have for booleans.
   */
  private static final String COMMON =
      """

      def dropped_(self, p: float) -> int:
        return int(torch.add(torch.mul(p, 65536.), 0.5))
      def keep_scale(self, p: float) -> float:
        return torch.div(65536, torch.sub(65536, (self).dropped_(p)))
      def keep_mask(self, x: Tensor, p: float) -> Tensor:
        n = torch.numel(x)
        bits = torch.empty([torch.floordiv(torch.add(n, 3), 4)], dtype=4, device=ops.prim.device(x))
        numbers = torch.view_copy(torch.random_(bits, -9223372036854775808, None), 2)
        kept = torch.to(torch.ge_(numbers, torch.sub((self).dropped_(p), 32768)), 1)
        return torch.reshape(torch.slice(kept, 0, 0, n), torch.size(x))
      def none_(self) -> NoneType:
        return None
      """;

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
   * Compiles methods. Loads the engine if that has not happened yet.
   *
   * @param name a name for error messages
   * @param methods method definitions in TorchScript's serialized form, each {@code def NAME(self,
   *     x: Tensor, ...) -> Tensor} or {@code -> List[Tensor]}
   * @return the script, which stays loaded for the life of the process
   * @throws IllegalArgumentException with PyTorch's own message if it does not compile
   */
  public static Script compile(String name, String methods) {
    PtNDManager owner = (PtNDManager) Engines.load().newManager(Device.cpu());
    String text = methods.stripIndent() + COMMON;
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
