/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.vit;

/**
 * The sizes of a vision transformer.
 *
 * @param width channels D of a token
 * @param depth blocks
 * @param heads attention heads
 * @param patch height and width of a patch in pixels
 */
record VitShape(int width, int depth, int heads, int patch) {

  static final VitShape SMALL_14 = new VitShape(384, 12, 6, 14);
  static final VitShape BASE_14 = new VitShape(768, 12, 12, 14);
  static final VitShape LARGE_14 = new VitShape(1024, 24, 16, 14);
  static final VitShape SMALL_16 = new VitShape(384, 12, 6, 16);
  static final VitShape BASE_16 = new VitShape(768, 12, 12, 16);
  static final VitShape LARGE_16 = new VitShape(1024, 24, 16, 16);

  /** Channels of one head. */
  int headWidth() {
    return width / heads;
  }
}
