/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.backbone;

import ai.djl.ndarray.NDArray;
import uniass.tensor.Ops;

/**
 * Zero padding as TensorFlow's SAME has it for one input size, kept for all others as the released
 * ports do. Height and width are padded alike.
 *
 * @param before zeros left and above
 * @param after zeros right and below; may be one more
 */
public record SamePadding(int before, int after) {

  static SamePadding of(int size, int kernel, int stride) {
    int outputs = (size + stride - 1) / stride;
    int total = Math.max((outputs - 1) * stride + kernel - size, 0);
    return new SamePadding(total / 2, total - total / 2);
  }

  /** Convolves (N,C,h,w) with this padding. */
  NDArray convolve(NDArray x, NDArray weight, NDArray bias, int stride, int groups) {
    if (before == after) {
      return Ops.conv2d(x, weight, bias, stride, before, groups);
    }
    NDArray padded = Ops.padZero(x, before, after, before, after);
    return Ops.conv2d(padded, weight, bias, stride, 0, groups);
  }
}
