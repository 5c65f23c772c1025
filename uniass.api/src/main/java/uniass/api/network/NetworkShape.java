/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.network;

import java.util.List;

/**
 * The sizes that all parts of one network agree on. Levels run coarse to fine, as everywhere behind
 * the backbone.
 *
 * @param imageHeight height of the input, a multiple of 16
 * @param imageWidth width of the input, a multiple of 16
 * @param hidden width D of the head, 256 in the paper
 * @param channels channels of the backbone's levels
 * @param inputChannels channels of the levels as the pixel decoder gets them, after feature
 *     processing
 */
public record NetworkShape(
    int imageHeight,
    int imageWidth,
    int hidden,
    List<Integer> channels,
    List<Integer> inputChannels) {

  /** Copies the lists. */
  public NetworkShape {
    channels = List.copyOf(channels);
    inputChannels = List.copyOf(inputChannels);
  }

  /** Height of the query grid: the image's height / 16. */
  public int gridHeight() {
    return imageHeight / 16;
  }

  /** Width of the query grid: the image's width / 16. */
  public int gridWidth() {
    return imageWidth / 16;
  }

  /** Number L of queries: the grid's cells. */
  public int queries() {
    return gridHeight() * gridWidth();
  }

  /** Number of levels: 4 in the network of the paper. */
  public int levels() {
    return channels.size();
  }

  /**
   * The shape of a network that uses some levels only.
   *
   * @param count how many, from the coarsest on; 1 to {@link #levels}
   */
  public NetworkShape coarsest(int count) {
    return new NetworkShape(
        imageHeight,
        imageWidth,
        hidden,
        channels.subList(0, count),
        inputChannels.subList(0, count));
  }
}
