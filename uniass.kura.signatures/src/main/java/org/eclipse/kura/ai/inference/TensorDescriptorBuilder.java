/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.ai.inference;

import java.util.List;

/** Makes descriptors. */
public class TensorDescriptorBuilder {

  private final TensorDescriptor descriptor;

  TensorDescriptorBuilder(String name, String type, List<Long> shape) {
    descriptor = new TensorDescriptor(name, type, List.copyOf(shape));
  }

  /** The descriptor. */
  public TensorDescriptor build() {
    return descriptor;
  }
}
