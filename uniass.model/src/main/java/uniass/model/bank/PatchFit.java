/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.bank;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.plugin.Settings;
import uniass.tensor.Init;
import uniass.tensor.Scopes;
import uniass.tensor.Script;
import uniass.tensor.Seeds;
import uniass.tensor.TensorValues;

/**
 * Collects patches of all images, and keeps a few of them that cover all; if each category has a
 * part of the bank, the parts are equally large, one after the other by the categories' names.
 */
final class PatchFit {

  private static final Script SCRIPT = Script.load(PatchFit.class);

  private final boolean perCategory;
  private final Settings settings;
  private final int expected;
  private final long seed;
  private final NDManager manager;

  /** The ranges of the collected patches by category: where each begins, and its length. */
  private final TreeMap<String, List<long[]>> ranges = new TreeMap<>();

  private NDArray collected;
  private long images;
  private long count;

  /**
   * Begins.
   *
   * @param expected how many images there are at most
   * @param manager owns what is collected
   */
  PatchFit(boolean perCategory, Settings settings, int expected, long seed, NDManager manager) {
    this.perCategory = perCategory;
    this.settings = settings;
    this.expected = Math.max(1, expected);
    this.seed = seed;
    this.manager = manager;
  }

  /** Takes patches (N,D,h,w) of images of these categories. */
  void add(NDArray patches, List<String> categories) {
    Shape shape = patches.getShape();
    int cells = (int) (shape.get(2) * shape.get(3));
    int share = share(cells);
    if (collected == null) {
      collected = manager.zeros(new Shape((long) expected * share, shape.get(1)));
      NDScope.unregister(collected);
    }
    for (int i = 0; i < shape.get(0); i++) {
      if (images == expected) {
        throw new IllegalStateException("more images than the " + expected + " announced");
      }
      SCRIPT.apply("put", collected, count, patches, i, chosen(cells, share));
      addRange(perCategory ? categories.get(i) : "", share);
      images++;
      count += share;
    }
  }

  private void addRange(String category, int length) {
    List<long[]> known = ranges.computeIfAbsent(category, name -> new ArrayList<>());
    long[] last = known.isEmpty() ? new long[2] : known.get(known.size() - 1);
    if (!known.isEmpty() && last[0] + last[1] == count) {
      last[1] += length;
    } else {
      known.add(new long[] {count, length});
    }
  }

  /** How many of an image's patches are taken. */
  private int share(int cells) {
    return Math.min(cells, Math.max(1, settings.integer(MemoryBank.CANDIDATES) / expected));
  }

  /** Draws so many of an image's patches, in their order; all if that is all. */
  private long[] chosen(int cells, int share) {
    if (share == cells) {
      return LongStream.range(0, cells).toArray();
    }
    SplittableRandom random = new SplittableRandom(Seeds.of(seed, images));
    long[] chosen = new long[share];
    int taken = 0;
    for (int cell = 0; cell < cells && taken < share; cell++) {
      if (random.nextInt(cells - cell) < share - taken) {
        chosen[taken++] = cell;
      }
    }
    return chosen;
  }

  /** Chooses the parts of the bank. */
  Chosen choose(Progress progress) {
    if (count == 0) {
      throw new UniassException("a memory bank needs an image at least, and there is none");
    }
    int size = settings.integer(MemoryBank.SIZE);
    List<float[]> parts = new ArrayList<>();
    List<String> small = new ArrayList<>();
    int[] kept = {0};
    double[] sum = {0};
    ranges.forEach(
        (category, group) -> {
          int share = size / ranges.size() + (parts.size() < size % ranges.size() ? 1 : 0);
          int wanted = Math.max(1, share);
          long[] from = group.stream().mapToLong(range -> range[0]).toArray();
          long[] length = group.stream().mapToLong(range -> range[1]).toArray();
          Progress whole = new Shifted(progress, kept[0], (int) Math.min(size, count));
          Scopes.keep(
              () -> {
                NDArray candidates = SCRIPT.apply("parts", collected, from, length);
                Coreset coreset = Coreset.of(projected(candidates), wanted, whole);
                parts.add(SCRIPT.apply("rows", candidates, coreset.indices()).toFloatArray());
                sum[0] += coreset.mean() * LongStream.of(length).sum();
                kept[0] += coreset.indices().length;
                if (coreset.indices().length < wanted) {
                  small.add(category);
                }
                return new NDList();
              });
        });
    collected.close();
    return new Chosen(parts, sum[0] / count, notes(size, kept[0], small));
  }

  /**
   * What was chosen.
   *
   * @param parts of the bank, each of patches one after the other
   * @param mean distance of all patches to the nearest that is chosen
   * @param notes what the user should know, one line each
   */
  record Chosen(List<float[]> parts, double mean, List<String> notes) {}

  /** The progress of a choice that others went before. */
  private record Shifted(Progress whole, int before, int size) implements Progress {
    @Override
    public void step(String task, long done, long total) {
      whole.step(task, before + done, size);
    }

    @Override
    public boolean canceled() {
      return whole.canceled();
    }
  }

  private List<String> notes(int wanted, int kept, List<String> small) {
    if (small.isEmpty()) {
      return List.of();
    }
    String images = perCategory ? "images of " + String.join(", ", small) : this.images + " images";
    return List.of(
        "the memory bank has %d patches, not %d: the %s have no more that differ"
            .formatted(kept, wanted, images));
  }

  /** Fewer values per patch, between which distances are about the same. */
  private NDArray projected(NDArray candidates) {
    int values = (int) candidates.getShape().get(1);
    int fewer = settings.integer(MemoryBank.PROJECTION);
    if (fewer == 0 || fewer >= values) {
      return candidates;
    }
    float[] matrix = new float[values * fewer];
    Init.normal().fill(matrix, new long[] {values, fewer}, new SplittableRandom(seed));
    NDArray projection = TensorValues.create(manager, matrix, values, fewer);
    return SCRIPT.apply("project", candidates, projection);
  }
}
