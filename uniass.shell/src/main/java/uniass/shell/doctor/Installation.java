/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell.doctor;

import java.util.Optional;
import uniass.inference.model.Models;
import uniass.tensor.EngineReady;
import uniass.tensor.GpuDriver;

/**
 * The product's bundles as far as they have come.
 *
 * @param version the product's
 * @param engine PyTorch; empty if it does not load
 * @param engineFailure why it does not, if that is known
 * @param models builds networks; empty if what they need is not there
 * @param driver the GPUs' driver
 */
record Installation(
    String version,
    Optional<EngineReady> engine,
    Optional<String> engineFailure,
    Optional<Models> models,
    GpuDriver driver) {}
