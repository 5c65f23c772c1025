/* SPDX-License-Identifier: Apache-2.0 */
package uniass.sample;

import java.util.List;

/** One category of the sample factory. */
interface Product {

  /** Category name. */
  String name();

  /** Kinds of defects. */
  List<String> defects();

  /**
   * Draws a good part, or one with a defect if {@code defect} is not null. With equal random
   * generators both are alike except for the defect.
   */
  void draw(Scene scene, String defect);
}
