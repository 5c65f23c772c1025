/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.LossTerm;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.tensor.Ops;
import uniass.tensor.ParameterScope;

/**
 * The cosine term. The paper has the distance, mean(1 - cos); the released code adds mean(cos),
 * which drives the similarity of normal data down.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "cosine",
    description = "cosine distance of the features; with the sign of the paper or of the release")
public final class CosineDistance implements LossTerm {

  private static final double EPS = 1e-8;
  private static final String FORM = "form";

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.choice(
            FORM,
            "paper",
            List.of("paper", "released"),
            "paper: mean(1 - cos); released: mean(cos), as the published code computes"));
  }

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    boolean paper = settings.text(FORM).equals("paper");
    return (reconstruction, target, stride, pass) -> {
      NDArray cosine = Ops.mean(Ops.cosineSimilarity(reconstruction, target, 1, EPS));
      return paper ? Ops.rsub(cosine, 1) : cosine;
    };
  }
}
