/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.cnn;

import java.util.HashSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.GatedCnn;
import uniass.api.network.LayerShape;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;

/** The paper's multi-granularity gated CNN. */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "mgg-cnn",
    description = "GELU-gated branches of one 1x1 and one, two, three 3x3 convolutions (the paper)")
public final class MggCnn implements GatedCnn {

  private static final String BRANCHES = "branches";

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.texts(BRANCHES, Branch.NAMES, Branch.NAMES, "the branches that are summed"));
  }

  @Override
  public List<String> refusals(NetworkShape shape, Settings settings) {
    List<String> names = settings.texts(BRANCHES);
    if (names.isEmpty()) {
      return List.of(
          "gated CNN 'mgg-cnn' without branches computes nothing: name some of " + Branch.NAMES);
    }
    if (new HashSet<>(names).size() < names.size()) {
      return List.of("gated CNN 'mgg-cnn' names a branch twice: " + names);
    }
    return names.stream()
        .filter(name -> !Branch.NAMES.contains(name))
        .map(
            name ->
                "gated CNN 'mgg-cnn' has no branch '%s'; there are: %s"
                    .formatted(name, String.join(", ", Branch.NAMES)))
        .toList();
  }

  @Override
  public Layer create(ParameterScope scope, LayerShape shape, Settings settings) {
    List<String> chosen = settings.texts(BRANCHES);
    List<Branch> branches =
        List.of(Branch.values()).stream().filter(b -> chosen.contains(b.id())).toList();
    return new GatedBranches(scope, shape.inputChannels(), shape.outputChannels(), branches);
  }
}
