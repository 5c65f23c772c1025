/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.ai.inference;

import java.util.List;
import java.util.Optional;

/** What a model takes and gives. */
public class ModelInfo {

  private final String name;
  private final Optional<String> platform;
  private final List<TensorDescriptor> inputs;
  private final List<TensorDescriptor> outputs;

  ModelInfo(
      String name,
      Optional<String> platform,
      List<TensorDescriptor> inputs,
      List<TensorDescriptor> outputs) {
    this.name = name;
    this.platform = platform;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** Begins one. */
  public static ModelInfoBuilder builder(String name) {
    return new ModelInfoBuilder(name);
  }

  /** The model's name. */
  public String getName() {
    return name;
  }

  /** What computes. */
  public Optional<String> getPlatform() {
    return platform;
  }

  /** What it takes. */
  public List<TensorDescriptor> getInputs() {
    return inputs;
  }

  /** What it gives. */
  public List<TensorDescriptor> getOutputs() {
    return outputs;
  }
}
