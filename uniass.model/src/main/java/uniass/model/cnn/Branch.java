/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.cnn;

import java.util.List;

/** The branches of {@code mgg-cnn}, by their names in experiments and in checkpoints. */
enum Branch {
  POINT("1x1", "conv0", 1, 1),
  ONE("3x3", "conv1", 3, 1),
  TWO("3x3-2", "conv2", 3, 2),
  THREE("3x3-3", "conv3", 3, 3);

  private final String id;
  private final String scope;
  private final int kernel;
  private final int length;

  Branch(String id, String scope, int kernel, int length) {
    this.id = id;
    this.scope = scope;
    this.kernel = kernel;
    this.length = length;
  }

  static final List<String> NAMES = List.of(POINT.id, ONE.id, TWO.id, THREE.id);

  String id() {
    return id;
  }

  int kernel() {
    return kernel;
  }

  int length() {
    return length;
  }

  /** Name of a convolution's scope: a lone one sits directly on the branch. */
  String scope(int index) {
    return length == 1 ? scope : scope + "." + index;
  }
}
