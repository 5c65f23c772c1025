/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.bank;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import uniass.api.Progress;
import uniass.api.network.Fit;
import uniass.api.plugin.Settings;
import uniass.tensor.Pass;
import uniass.tensor.Scopes;

/** Fits the bank of each scale. */
final class BankFit implements Fit {

  private final BankNetwork network;
  private final NDManager manager;
  private final List<PatchFit> fits = new ArrayList<>();

  BankFit(BankNetwork network, Settings settings, int expected, long seed) {
    this.network = network;
    this.manager = network.newManager();
    boolean perCategory = MemoryBank.perCategory(settings);
    for (int i = 0; i < network.scales(); i++) {
      fits.add(new PatchFit(perCategory, settings, expected, seed, manager));
    }
  }

  @Override
  public void add(NDArray images, List<String> categories) {
    for (int i = 0; i < fits.size(); i++) {
      int scale = i;
      inScope(
          () -> {
            NDArray patches = network.patches(images, scale, Pass.inference());
            fits.get(scale).add(patches, categories);
          });
    }
  }

  @Override
  public Fitted finish(Progress progress) {
    List<PatchFit.Chosen> chosen = new ArrayList<>();
    fits.forEach(fit -> inScope(() -> chosen.add(fit.choose(progress))));
    network.remember(chosen.stream().map(PatchFit.Chosen::parts).toList());
    return new Fitted(
        chosen.stream().mapToDouble(PatchFit.Chosen::mean).average().orElseThrow(),
        chosen.stream().flatMap(each -> each.notes().stream()).distinct().toList());
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
