/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;

/**
 * The few names of Python that a model file may mention. None of them is looked up anywhere: each
 * stands for a line of code here, and every other name is refused.
 */
sealed interface PickleGlobal {

  /** Calls it. */
  Object call(List<?> arguments) throws BadFileException;

  /** Type of a storage; only mentioned, never called. */
  record Storage(ElementType elements) implements PickleGlobal {
    @Override
    public Object call(List<?> arguments) throws BadFileException {
      throw new BadFileException("calls a storage type, which PyTorch's files do not");
    }
  }

  /** A value that has no meaning here, such as an element type among the training's settings. */
  record Constant(String name) implements PickleGlobal {
    @Override
    public Object call(List<?> arguments) throws BadFileException {
      throw new BadFileException("calls the constant " + Quoted.text(name));
    }
  }

  /** NumPy's description of a type, which may be completed afterwards. */
  record NumpyType() {}

  /** A name that may be called. */
  enum Function implements PickleGlobal {
    TENSOR {
      @Override
      public Object call(List<?> arguments) throws BadFileException {
        if (arguments.size() < 4) {
          throw new BadFileException("rebuilds a tensor from too few values");
        }
        return StridedTensor.of(
            arguments.get(0), arguments.get(1), arguments.get(2), arguments.get(3));
      }
    },
    PARAMETER {
      @Override
      public Object call(List<?> arguments) throws BadFileException {
        if (arguments.isEmpty() || !(arguments.get(0) instanceof StridedTensor)) {
          throw new BadFileException("rebuilds a parameter from something that is not a tensor");
        }
        return arguments.get(0);
      }
    },
    DICTIONARY {
      @Override
      public Object call(List<?> arguments) throws BadFileException {
        if (!arguments.isEmpty()) {
          throw new BadFileException("has a dictionary in the form of Python 2; save it again");
        }
        return new LinkedHashMap<>();
      }
    },
    /** {@code torch.Size}: a tuple. */
    TUPLE {
      @Override
      public Object call(List<?> arguments) {
        return !arguments.isEmpty() && arguments.get(0) instanceof List<?> list ? list : arguments;
      }
    },
    /** {@code torch.device}, {@code _codecs.encode}: of no use here beyond their text. */
    TEXT {
      @Override
      public Object call(List<?> arguments) {
        return !arguments.isEmpty() && arguments.get(0) instanceof String text ? text : "";
      }
    },
    NUMPY_TYPE {
      @Override
      public Object call(List<?> arguments) {
        return new NumpyType();
      }
    },
    /** A number of NumPy, such as a best score so far; its value is of no use here. */
    NUMPY_NUMBER {
      @Override
      public Object call(List<?> arguments) {
        return Double.NaN;
      }
    }
  }

  /** Finds what a name stands for. */
  static PickleGlobal of(String module, String name) throws BadFileException {
    PickleGlobal found =
        switch (module) {
          case "torch" -> ofTorch(name);
          case "torch._utils" ->
              switch (name) {
                case "_rebuild_tensor_v2", "_rebuild_tensor" -> Function.TENSOR;
                case "_rebuild_parameter" -> Function.PARAMETER;
                default -> null;
              };
          case "collections" -> name.equals("OrderedDict") ? Function.DICTIONARY : null;
          case "numpy" -> name.equals("dtype") ? Function.NUMPY_TYPE : null;
          case "numpy.core.multiarray", "numpy._core.multiarray" ->
              name.equals("scalar") ? Function.NUMPY_NUMBER : null;
          case "_codecs" -> name.equals("encode") ? Function.TEXT : null;
          default -> null;
        };
    if (found == null) {
      throw new BadFileException(
          "asks for "
              + Quoted.text(module + "." + name)
              + ", which is never created or run: a model file may hold tensors, numbers, strings,"
              + " lists and dictionaries; save the model's state_dict alone");
    }
    return found;
  }

  private static PickleGlobal ofTorch(String name) {
    return switch (name) {
      case "FloatStorage" -> new Storage(ElementType.F32);
      case "DoubleStorage" -> new Storage(ElementType.F64);
      case "HalfStorage" -> new Storage(ElementType.F16);
      case "BFloat16Storage" -> new Storage(ElementType.BF16);
      case "LongStorage" -> new Storage(ElementType.I64);
      case "IntStorage" -> new Storage(ElementType.I32);
      case "ShortStorage" -> new Storage(ElementType.I16);
      case "CharStorage" -> new Storage(ElementType.I8);
      case "ByteStorage" -> new Storage(ElementType.U8);
      case "BoolStorage" -> new Storage(ElementType.BOOL);
      case "Size" -> Function.TUPLE;
      case "device" -> Function.TEXT;
      case "float32",
          "float64",
          "float16",
          "bfloat16",
          "int64",
          "int32",
          "int16",
          "int8",
          "uint8",
          "bool" ->
          new Constant("torch." + name);
      default -> null;
    };
  }
}
