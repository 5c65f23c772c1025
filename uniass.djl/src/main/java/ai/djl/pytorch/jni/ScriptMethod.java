/* SPDX-License-Identifier: Apache-2.0 */
package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;

/**
 * A method of a TorchScript module, called with any mixture of tensors, numbers, lists and None,
 * and recorded by autograd if the thread's gradient mode is on.
 *
 * <p>DJL's {@link IValueUtils} offers either autograd or arguments that are not tensors, never
 * both. This class lies in DJL's package because the native call that does both is visible only
 * there.
 */
public final class ScriptMethod {

  private static final PyTorchLibrary LIB = PyTorchLibrary.LIB;
  private static final long[] NO_ARGUMENTS = {};

  private final PtSymbolBlock module;
  private final String name;
  private final IValue none;

  /**
   * Names a method of a module; whether it exists shows when it is called.
   *
   * @param module the loaded module
   * @param name the method's name
   * @param none the value that null arguments are passed as: DJL cannot make one, but {@link
   *     #constant} of a method that returns None has it
   */
  public ScriptMethod(PtSymbolBlock module, String name, IValue none) {
    this.module = module;
    this.name = name;
    this.none = none;
  }

  /** Calls a method that takes no arguments. The caller closes the result. */
  public static IValue constant(PtSymbolBlock module, String name) {
    return new IValue(LIB.moduleRunMethod(module.getHandle(), name, NO_ARGUMENTS, true, false));
  }

  /**
   * Calls the method. The thread's graph executor runs it as written from now on: the optimizing
   * one would recompile it in the first calls for each new set of shapes.
   *
   * @param arguments each a {@link PtNDArray}, {@code PtNDArray[]}, {@code long[]}, {@code
   *     double[]}, {@link Double}, {@link Float}, {@link Long}, {@link Integer}, {@link Boolean},
   *     {@link String} or null
   * @return the result, to be closed by the caller
   */
  public IValue call(Object... arguments) {
    long[] handles = new long[arguments.length];
    int converted = 0;
    try {
      for (; converted < arguments.length; converted++) {
        Object argument = arguments[converted];
        handles[converted] = argument == null ? none.getHandle() : toIValue(argument);
      }
      LIB.setGraphExecutorOptimize(false);
      return new IValue(LIB.moduleRunMethod(module.getHandle(), name, handles, true, false));
    } finally {
      for (int i = 0; i < converted; i++) {
        if (arguments[i] != null) {
          LIB.torchDeleteIValue(handles[i]);
        }
      }
    }
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
    throw new IllegalArgumentException("a script cannot take a " + argument.getClass().getName());
  }
}
