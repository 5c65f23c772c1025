/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model to train again.
 *
 * @param model a model file of ours
 * @param out folder of the new training; empty for {@code runs/NAME-reproduced} below the working
 *     directory
 * @param overrides what a model does not carry because it belongs to one machine: {@code
 *     dataset.root}, {@code model.backbone.weights}, {@code train.device}; taken from the {@code
 *     experiment.yaml} beside the model, if there is one
 */
public record ReproductionRequest(Path model, Optional<Path> out, List<String> overrides) {

  /** Copies the list. */
  public ReproductionRequest {
    overrides = List.copyOf(overrides);
  }
}
