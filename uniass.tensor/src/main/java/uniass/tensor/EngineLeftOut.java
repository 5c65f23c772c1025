/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Published in place of {@link EngineReady} if the framework's property {@code uniass.engine} is
 * {@code onnx}: then PyTorch is not loaded, and its libraries need not be installed. Whoever can
 * work without it waits for this service.
 */
@ProviderType
public interface EngineLeftOut {}
