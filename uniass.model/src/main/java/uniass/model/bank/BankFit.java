/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.bank;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
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

/** Collects patches of all images, and keeps a few of them that cover all. */
final class BankFit implements Fit {

  private static final Script SCRIPT = Script.load(BankFit.class);

  private final BankNetwork network;
  private final Settings settings;
  private final int expected;
  private final long seed;
  private final NDManager manager;

  private NDArray collected;
  private long images;
  private long count;
  private long seen;

  BankFit(BankNetwork network, Settings settings, int expected, long seed) {
    this.network = network;
    this.settings = settings;
    this.expected = Math.max(1, expected);
    this.seed = seed;
    this.manager = network.newManager();
  }

  @Override
  public void add(NDArray batch) {
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
            images++;
            count += chosen.length;
            seen += cells;
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
    int wanted = settings.integer(MemoryBank.SIZE);
    Fitted[] fitted = new Fitted[1];
    inScope(
        () -> {
          NDArray candidates = SCRIPT.apply("first", collected, count);
          Coreset coreset = Coreset.of(projected(candidates), wanted, progress);
          network.remember(SCRIPT.apply("rows", candidates, coreset.indices()).toFloatArray());
          fitted[0] = new Fitted(coreset.mean(), notes(wanted, coreset));
        });
    return fitted[0];
  }

  private List<String> notes(int wanted, Coreset coreset) {
    int kept = coreset.indices().length;
    return kept == wanted
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
