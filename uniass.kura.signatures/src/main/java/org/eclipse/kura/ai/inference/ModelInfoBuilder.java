/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.ai.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes descriptions of models. */
public class ModelInfoBuilder {

  private final String name;
  private Optional<String> platform = Optional.empty();
  private final List<TensorDescriptor> inputs = new ArrayList<>();
  private final List<TensorDescriptor> outputs = new ArrayList<>();

  ModelInfoBuilder(String name) {
    this.name = name;
  }

  /** Says what computes. */
  public ModelInfoBuilder platform(String what) {
    platform = Optional.of(what);
    return this;
  }

  /** Adds an input. */
  public ModelInfoBuilder addInputDescriptor(TensorDescriptor input) {
    inputs.add(input);
    return this;
  }

  /** Adds outputs. */
  public ModelInfoBuilder addAllOutputDescriptor(List<TensorDescriptor> all) {
    outputs.addAll(all);
    return this;
  }

  /** The description. */
  public ModelInfo build() {
    return new ModelInfo(name, platform, List.copyOf(inputs), List.copyOf(outputs));
  }
}
