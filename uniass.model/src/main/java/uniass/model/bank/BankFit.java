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
import uniass.api.network.Fit;
import uniass.api.plugin.Settings;
import uniass.tensor.Init;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;
import uniass.tensor.Script;
import uniass.tensor.Seeds;
import uniass.tensor.TensorValues;

/**
 * Collects patches of all images, and keeps a few of them that cover all; if each category has a
 * part of the bank, the parts are equally large, one after the other by the categories' names.
 */
final class BankFit implements Fit {

  private static final Script SCRIPT = Script.load(BankFit.class);

  private final BankNetwork network;
  private final Settings settings;
  private final int expected;
  private final long seed;
  private final NDManager manager;

  /** The ranges of the collected patches, from and length, by category. */
  private final TreeMap<String, List<long[]>> ranges = new TreeMap<>();

  private NDArray collected;
  private long images;
  private long count;

  BankFit(BankNetwork network, Settings settings, int expected, long seed) {
    this.network = network;
    this.settings = settings;
    this.expected = Math.max(1, expected);
    this.seed = seed;
    this.manager = network.newManager();
  }

  @Override
  public void add(NDArray batch, List<String> categories) {
    inScope(
        () -> {
          NDArray patches = network.patches(batch, Pass.inference());
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
            long[] chosen = chosen(cells, share);
            SCRIPT.apply("put", collected, count, patches, i, chosen);
            ranges
                .computeIfAbsent(
                    network.perCategory() ? categories.get(i) : "", name -> new ArrayList<>())
                .add(new long[] {count, share});
            images++;
            count += share;
          }
        });
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

  @Override
  public Fitted finish(Progress progress) {
    if (count == 0) {
      throw new UniassException("a memory bank needs an image at least, and there is none");
    }
    int size = settings.integer(MemoryBank.SIZE);
    List<Part> parts = new ArrayList<>();
    for (List<long[]> group : ranges.values()) {
      int wanted = size / ranges.size() + (parts.size() < size % ranges.size() ? 1 : 0);
      Progress whole = new Shifted(progress, parts.stream().mapToInt(Part::kept).sum(), size);
      inScope(() -> parts.add(part(group, Math.max(1, wanted), whole)));
    }
    network.remember(parts.stream().map(Part::patches).toList());
    double loss = parts.stream().mapToDouble(part -> part.mean() * part.seen()).sum() / count;
    return new Fitted(loss, notes(size, parts.stream().mapToInt(Part::kept).sum()));
  }

  /**
   * A part of the bank.
   *
   * @param patches one after the other
   * @param kept how many they are
   * @param mean distance of those that it was chosen from
   * @param seen how many these are
   */
  private record Part(float[] patches, int kept, double mean, long seen) {}

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

  private Part part(List<long[]> group, int wanted, Progress progress) {
    long[] from = group.stream().mapToLong(range -> range[0]).toArray();
    long[] length = group.stream().mapToLong(range -> range[1]).toArray();
    NDArray candidates = SCRIPT.apply("parts", collected, from, length);
    Coreset coreset = Coreset.of(projected(candidates), wanted, progress);
    return new Part(
        SCRIPT.apply("rows", candidates, coreset.indices()).toFloatArray(),
        coreset.indices().length,
        coreset.mean(),
        LongStream.of(length).sum());
  }

  private List<String> notes(int wanted, int kept) {
    return kept >= wanted
        ? List.of()
        : List.of(
            "the memory bank has %d patches, not %d: the %d images have no more that differ"
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

  private static void inScope(Runnable work) {
    Scopes.withoutGradients(
        () ->
            Scopes.keep(
                () -> {
                  work.run();
                  return new NDList();
                }));
  }

  @Override
  public void close() {
    manager.close();
  }
}
