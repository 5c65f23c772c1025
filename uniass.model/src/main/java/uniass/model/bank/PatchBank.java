/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.bank;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import uniass.api.plugin.Settings;
import uniass.model.layer.Derived;
import uniass.tensor.ParameterScope;
import uniass.tensor.Pass;
import uniass.tensor.Rows;
import uniass.tensor.Script;

/** The remembered patches of one scale, and the nearest of them. */
final class PatchBank {

  private static final Script SCRIPT = Script.load(PatchBank.class);

  /** Queries that are compared with the whole bank at once: 32 MB with 8000 patches. */
  private static final int BLOCK = 1024;

  private final Settings settings;
  private final Rows rows;

  /** How many patches of the bank each category has; empty if they share it. */
  private final Optional<Rows> sizes;

  private final Derived norms;

  /** Creates an empty bank of patches of so many values. */
  PatchBank(ParameterScope scope, int values, Settings settings) {
    this.settings = settings;
    rows = scope.rows("patches", values);
    sizes = MemoryBank.perCategory(settings) ? Optional.of(scope.rows("sizes")) : Optional.empty();
    norms = Derived.of(scope, () -> new NDList(SCRIPT.apply("squared_norms", rows.value())));
  }

  /** Replaces the bank by parts, each of patches one after the other. */
  void remember(List<float[]> parts) {
    int values = (int) rows.value().getShape().get(1);
    FloatBuffer all = FloatBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    rows.replace(all.array());
    float[] counts = new float[parts.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (float) parts.get(i).length / values;
    }
    sizes.ifPresent(part -> part.replace(counts));
  }

  /** Patches (N,D,h,w), how far they are from the bank, and the indices of the nearest in it. */
  record Nearest(NDArray patches, NDArray distances, NDArray indices) {}

  /** Looks for the nearest of patches (N,D,h,w). */
  Nearest nearest(NDArray patches, Pass pass) {
    NDList found = SCRIPT.call("nearest", patches, rows.value(), norms.one(pass), parts(), BLOCK);
    pass.probe("distances", found.get(0));
    return new Nearest(patches, found.get(0), found.get(1));
  }

  /** The patches of each part of the bank; before the fit it is one part, as a shared one is. */
  private long[] parts() {
    long all = rows.value().getShape().get(0);
    float[] counts = sizes.map(part -> part.value().toFloatArray()).orElse(new float[1]);
    return counts.length == 1
        ? new long[] {all}
        : IntStream.range(0, counts.length).mapToLong(i -> (long) counts[i]).toArray();
  }

  /** The patches that were found, in the shape of those that looked for them. */
  NDArray found(Nearest nearest) {
    return SCRIPT.apply("found", rows.value(), nearest.indices(), nearest.patches());
  }

  /** The distances, weighted by how usual the worst of an image is if settings say so. */
  NDArray reweighted(Nearest nearest) {
    int neighbors = settings.integer(MemoryBank.NEIGHBORS);
    Shape known = rows.value().getShape();
    if (neighbors == 0 || known.get(0) < 2) {
      return nearest.distances();
    }
    return SCRIPT.apply(
        "reweighted",
        nearest.patches(),
        nearest.distances(),
        nearest.indices(),
        rows.value(),
        (int) Math.min(neighbors, known.get(0)));
  }
}
