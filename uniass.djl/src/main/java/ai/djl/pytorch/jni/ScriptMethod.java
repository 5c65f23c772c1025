package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;

/**
 * A method of a TorchScript module, called with any mixture of tensors, numbers, lists and None, and
 * recorded by autograd if the thread's gradient mode is on.
 *
 * <p>DJL's {@link IValueUtils} offers either autograd or arguments that are not tensors, never both.
 * This class lies in DJL's package because the native call that does both is visible only there.
 */
public final class ScriptMethod {

  private static final PyTorchLibrary LIB = PyTorchLibrary.LIB;

  private final PtSymbolBlock module;
  private final String name;

  /** Names a method of a module; whether it exists shows when it is called. */
  public ScriptMethod(PtSymbolBlock module, String name) {
    this.module = module;
    this.name = name;
  }

  /**
   * Calls the method.
   *
   * @param none the value that a null argument is passed as, see {@link #callForValue}
   * @param arguments each a {@link PtNDArray}, {@code PtNDArray[]}, {@code long[]}, {@code
   *     double[]}, {@link Number} (floating or integer), {@link Boolean}, {@link String} or null
   * @return the result, to be closed by the caller
   */
  public IValue call(IValue none, Object... arguments) {
    long[] handles = new long[arguments.length];
    int created = 0;
    try {
      for (; created < arguments.length; created++) {
        Object argument = arguments[created];
        handles[created] = argument == null ? none.getHandle() : toIValue(argument);
      }
      return new IValue(LIB.moduleRunMethod(module.getHandle(), name, handles, true, false));
    } finally {
      for (int i = 0; i < created; i++) {
        if (arguments[i] != null) {
          LIB.torchDeleteIValue(handles[i]);
        }
      }
    }
  }

  /**
   * Calls the method without arguments. A method that returns None gives the value to pass as
   * {@code none}: DJL cannot make one.
   */
  public IValue callForValue() {
    return new IValue(
        LIB.moduleRunMethod(module.getHandle(), name, new long[0], true, false));
  }

  /** Returns the tensor in a result, owned by a manager, or null if the result is something else. */
  public static PtNDArray tensor(IValue result, PtNDManager manager) {
    return result.isTensor() ? result.toTensor(manager) : null;
  }

  private static long toIValue(Object argument) {
    if (argument instanceof PtNDArray tensor) {
      return LIB.iValueFromTensor(tensor.getHandle());
    } else if (argument instanceof PtNDArray[] tensors) {
      long[] handles = new long[tensors.length];
      for (int i = 0; i < handles.length; i++) {
        handles[i] = tensors[i].getHandle();
      }
      return LIB.iValueFromTensorList(handles);
    } else if (argument instanceof long[] numbers) {
      return LIB.iValueFromLongList(numbers);
    } else if (argument instanceof double[] numbers) {
      return LIB.iValueFromDoubleList(numbers);
    } else if (argument instanceof Double || argument instanceof Float) {
      return LIB.iValueFromDouble(((Number) argument).doubleValue());
    } else if (argument instanceof Long || argument instanceof Integer) {
      return LIB.iValueFromLong(((Number) argument).longValue());
    } else if (argument instanceof Boolean flag) {
      return LIB.iValueFromBool(flag);
    } else if (argument instanceof String text) {
      return LIB.iValueFromString(text);
    }
    throw new IllegalArgumentException(
        "a script's argument cannot be a " + argument.getClass().getName());
  }
}
