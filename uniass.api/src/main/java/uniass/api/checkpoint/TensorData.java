/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.checkpoint;

import java.nio.ByteBuffer;

/**
 * A tensor in a model file.
 *
 * @param type element type as safetensors names it: F32, F64, F16, BF16, I64, I32, U8, BOOL...
 * @param shape its shape, empty for a scalar
 * @param data elements, little-endian, row-major; position 0 to limit
 */
public record TensorData(String type, long[] shape, ByteBuffer data) {}
