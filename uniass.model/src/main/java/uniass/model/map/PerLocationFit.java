/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import uniass.api.network.MapFit;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/** Collects what is usual in each category, and small images that tell the categories apart. */
final class PerLocationFit implements MapFit {

  private final PerLocation filter;
  private final Map<String, Category> categories = new TreeMap<>();

  PerLocationFit(PerLocation filter) {
    this.filter = filter;
  }

  /**
   * What is known of a category.
   *
   * @param thumbnails of its images
   * @param levels by stride
   */
  private record Category(List<float[]> thumbnails, Map<Integer, LocationStatistics> levels) {}

  private Category category(String name) {
    return categories.computeIfAbsent(name, n -> new Category(new ArrayList<>(), new TreeMap<>()));
  }

  @Override
  public void add(NDArray images, List<String> names) {
    float[] all = values(() -> PerLocation.thumbnails(images));
    int size = all.length / names.size();
    for (int i = 0; i < names.size(); i++) {
      category(names.get(i)).thumbnails().add(Arrays.copyOfRange(all, i * size, (i + 1) * size));
    }
  }

  @Override
  public Pass watching(List<String> names) {
    return Pass.inference()
        .withProbe(
            (stage, value) -> {
              int at = stage.indexOf(PerLocation.STAGE);
              if (at >= 0) {
                int stride = Integer.parseInt(stage.substring(at + PerLocation.STAGE.length()));
                take(value, stride, names);
              }
            });
  }

  private void take(NDArray maps, int stride, List<String> names) {
    int places = filter.grid() * filter.grid();
    float[] moments = values(() -> filter.moments(maps));
    for (int i = 0; i < names.size(); i++) {
      category(names.get(i))
          .levels()
          .computeIfAbsent(stride, s -> new LocationStatistics(places))
          .add(moments, 2 * places * i);
    }
  }

  private static float[] values(Supplier<NDArray> tensor) {
    float[][] values = new float[1][];
    Scopes.withoutGradients(
        () ->
            Scopes.keep(
                () -> {
                  values[0] = tensor.get().toFloatArray();
                  return new NDList();
                }));
    return values[0];
  }

  @Override
  public void finish() {
    if (categories.values().stream().allMatch(category -> category.levels().isEmpty())) {
      throw new IllegalStateException(
          "the network showed its map filter no map: it must hand its pass on to the filter");
    }
    int perLevel = PerLocation.VALUES * filter.grid() * filter.grid();
    int perCategory = PerLocation.LEVELS * perLevel;
    List<float[]> thumbnails =
        categories.values().stream().flatMap(c -> c.thumbnails().stream()).toList();
    float[] owners = new float[thumbnails.size()];
    float[] grids = new float[categories.size() * perCategory];
    int number = 0;
    int known = 0;
    for (Category category : categories.values()) {
      int more = category.thumbnails().size();
      Arrays.fill(owners, known, known + more, number);
      known += more;
      for (Map.Entry<Integer, LocationStatistics> level : category.levels().entrySet()) {
        float[] own = filter.grids(level.getValue());
        int offset = number * perCategory + PerLocation.level(level.getKey()) * perLevel;
        System.arraycopy(own, 0, grids, offset, own.length);
      }
      number++;
    }
    filter.remember(joined(thumbnails), owners, grids);
  }

  private static float[] joined(List<float[]> parts) {
    int size = parts.get(0).length;
    float[] joined = new float[parts.size() * size];
    for (int i = 0; i < parts.size(); i++) {
      System.arraycopy(parts.get(i), 0, joined, i * size, size);
    }
    return joined;
  }
}
