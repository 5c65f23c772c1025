/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.ai.inference;

import java.util.List;
import java.util.Optional;

/** Values of one type. */
public class Tensor {

  private final Class<?> type;
  private final TensorDescriptor descriptor;
  private final List<?> data;

  /** One value per element. */
  public <T> Tensor(Class<T> type, TensorDescriptor descriptor, List<T> data) {
    this.type = type;
    this.descriptor = descriptor;
    this.data = data;
  }

  /** Its name and shape. */
  public TensorDescriptor getDescriptor() {
    return descriptor;
  }

  /** The elements; empty if they have another type. */
  @SuppressWarnings("unchecked") // the constructor takes elements of this type
  public <T> Optional<List<T>> getData(Class<T> wanted) {
    return wanted == type ? Optional.of((List<T>) data) : Optional.empty();
  }

  /** The elements' type. */
  public Class<?> getType() {
    return type;
  }
}
