package uniass.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Operations written in TorchScript, PyTorch's typed subset of Python, and run by the engine in one
 * native call each. No Python is involved: the text is put into an archive that PyTorch loads. They
 * take part in autograd, and give access to every operation that PyTorch has.
 */
public final class Script {

  private Script() {}

  /**
   * Compiles methods.
   *
   * @param name a name for error messages
   * @param methods method definitions in TorchScript's serialised form, each {@code def
   *     NAME(self, x: Tensor, ...) -> Tensor} or {@code -> List[Tensor]}
   * @return the script, which stays loaded for the life of the process
   * @throws IllegalArgumentException with PyTorch's own message if it does not compile
   */
  public static Script compile(String name, String methods) {
    throw new UnsupportedOperationException();
  }

  /** Runs a method. Null arguments are passed as None. Returns one or several tensors. */
  public NDList call(String method, NDArray... arguments) {
    throw new UnsupportedOperationException();
  }
}
