/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.ai.inference;

import java.util.List;

/** Name, type and shape of a tensor. */
public class TensorDescriptor {

  private final String name;
  private final String type;
  private final List<Long> shape;

  TensorDescriptor(String name, String type, List<Long> shape) {
    this.name = name;
    this.type = type;
    this.shape = shape;
  }

  /** Begins one. */
  public static TensorDescriptorBuilder builder(String name, String type, List<Long> shape) {
    return new TensorDescriptorBuilder(name, type, shape);
  }

  /** Its name. */
  public String getName() {
    return name;
  }

  /** What its engine calls the type. */
  public String getType() {
    return type;
  }

  /** Its shape. */
  public List<Long> getShape() {
    return shape;
  }
}
