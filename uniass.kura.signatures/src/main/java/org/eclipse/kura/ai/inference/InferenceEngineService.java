/* SPDX-License-Identifier: Apache-2.0 */
package org.eclipse.kura.ai.inference;

import java.util.List;
import java.util.Optional;
import org.eclipse.kura.KuraException;

/** Computes with models. */
public interface InferenceEngineService {

  /** Computes. */
  List<Tensor> infer(ModelInfo modelInfo, List<Tensor> inputData) throws KuraException;

  /** Opens a model. */
  void loadModel(String modelName, Optional<String> modelPath) throws KuraException;

  /** Closes a model. */
  void unloadModel(String modelName) throws KuraException;

  /** Whether a model is open. */
  boolean isModelLoaded(String modelName) throws KuraException;

  /** What can be opened. */
  List<String> getModelNames() throws KuraException;

  /** What a model takes and gives. */
  Optional<ModelInfo> getModelInfo(String modelName) throws KuraException;

  /** Whether it can compute. */
  boolean isEngineReady() throws KuraException;
}
