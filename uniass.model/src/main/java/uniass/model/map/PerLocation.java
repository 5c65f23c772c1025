/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.map;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import uniass.api.network.MapFilter;
import uniass.api.network.MapFitting;
import uniass.api.plugin.Settings;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Rows;
import uniass.tensor.Script;

/**
 * Makes x' = (x - m) (1 + g) + c of a blurred map x: m is the usual value of the place, c that of
 * the others, and 1 + g the spread of the others over that of the place; grids of m and g are
 * interpolated. What is not fitted has zeros and stays as it is.
 *
 * <p>No less than {@value #KEPT} x is left, so that a product of levels does not become zero
 * because one level sees nothing. And no more than x, unless quiet places are to be raised: an
 * empty background whose noise is raised to that of the product looks like a defect.
 *
 * <p>Nobody says to which category an image belongs: it is that of the most similar image of those
 * that the filter knows, compared at {@value #THUMBNAIL} x {@value #THUMBNAIL} pixels.
 */
final class PerLocation implements MapFilter.Layer {

  static final int THUMBNAIL = 8;
  static final int LEVELS = 4;

  /** Values per place: g, m and c. */
  static final int VALUES = 3;

  /** What the filter shows of each level while it is fitted, and the level's stride. */
  static final String STAGE = "map_filter.stride";

  private static final Script SCRIPT = Script.load(PerLocation.class);

  private static final int COLORS = 3;
  private static final double KEPT = 0.1;

  private final int grid;
  private final double prior;
  private final boolean raise;
  private final Rows thumbnails;
  private final Rows categories;
  private final Rows grids;

  PerLocation(ParameterScope scope, Settings settings) {
    grid = settings.integer(PerLocationFilter.GRID);
    prior = settings.number(PerLocationFilter.PRIOR);
    raise = settings.flag(PerLocationFilter.RAISE);
    thumbnails = scope.rows("thumbnails", (long) COLORS * THUMBNAIL * THUMBNAIL);
    categories = scope.rows("categories", 1);
    grids = scope.rows("grids", (long) LEVELS * VALUES, grid, grid);
  }

  /** Without images nothing is known of the place: the blur alone. */
  @Override
  public NDArray forward(NDArray map, int stride, Pass pass) {
    return GaussianFilter.blurred(map, stride);
  }

  @Override
  public NDArray forward(NDArray map, NDArray images, int stride, Pass pass) {
    NDArray x = pass.probe(STAGE + stride, GaussianFilter.blurred(map, stride));
    int height = (int) x.getShape().get(2);
    int width = (int) x.getShape().get(3);
    long first = (long) VALUES * level(stride);
    NDArray own =
        SCRIPT.apply(
            "of_most_similar",
            thumbnails(images),
            thumbnails.value(),
            categories.value(),
            grids.value());
    NDArray places =
        Ops.resizeBilinear(Ops.slice(own, 1, first, first + VALUES), height, width, false);
    NDArray gain = Ops.add(Ops.slice(places, 1, 0, 1), 1);
    NDArray usual = Ops.slice(places, 1, 1, 2);
    NDArray whole = Ops.slice(places, 1, 2, 3);
    NDArray flat = x.sub(usual).mul(gain).add(whole).maximum(Ops.mul(x, KEPT));
    return raise ? flat : flat.minimum(x);
  }

  @Override
  public Optional<MapFitting> fitting() {
    return Optional.of(() -> new PerLocationFit(this));
  }

  /** A level's place among the grids: 0 for stride 2 to 3 for stride 16. */
  static int level(int stride) {
    return Math.min(LEVELS - 1, Math.max(0, Integer.numberOfTrailingZeros(stride) - 1));
  }

  /** Very small images (N,D) of images (N,3,H,W). */
  static NDArray thumbnails(NDArray images) {
    long n = images.getShape().get(0);
    long height = images.getShape().get(2) / THUMBNAIL;
    long width = images.getShape().get(3) / THUMBNAIL;
    NDArray blocks = images.reshape(n, COLORS, THUMBNAIL, height, THUMBNAIL, width);
    return Ops.mean(blocks, false, 3, 5).reshape(n, (long) COLORS * THUMBNAIL * THUMBNAIL);
  }

  /** The means of maps (N,1,h,w) and of their squares in each place: (N,2,grid,grid). */
  NDArray moments(NDArray maps) {
    return SCRIPT.apply("moments", maps, grid);
  }

  int grid() {
    return grid;
  }

  /** What the maps of a level become. */
  float[] grids(LocationStatistics level) {
    return level.grids(prior, raise);
  }

  /**
   * Sets the parameters.
   *
   * @param similar thumbnails
   * @param owners of each thumbnail the number of its category
   * @param values by category: levels fine to coarse, of each the grids of g, m and c
   */
  void remember(float[] similar, float[] owners, float[] values) {
    thumbnails.replace(similar);
    categories.replace(owners);
    grids.replace(values);
  }
}
