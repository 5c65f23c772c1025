/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.network.Backbone;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Settings;
import uniass.model.backbone.ResNet18;
import uniass.model.backbone.ResNet50;
import uniass.model.backbone.WideResNet50;

/** The backbones' levels against an independent computation with deterministic weights. */
class BackboneParityTest {

  private static final Map<String, Supplier<Backbone>> RESNETS =
      Map.of(
          "resnet18", ResNet18::new, "resnet50", ResNet50::new, "wide-resnet50", WideResNet50::new);

  @ParameterizedTest
  @ValueSource(strings = {"b0", "b1", "b2", "b3", "b4", "b5", "b6", "lite0"})
  void efficientNetsAgree(String size) {
    String name = "efficientnet-" + size;
    Configured<Backbone> backbone = new PlanBuilder().backbone(name).build().backbone();
    StoredBackbone.assertAgrees(name, backbone, store -> {});
  }

  static List<String> resNets() {
    return List.copyOf(RESNETS.keySet());
  }

  @ParameterizedTest
  @MethodSource("resNets")
  void resNetsAgreeWithTorchvision(String name) {
    Backbone part = RESNETS.get(name).get();
    Configured<Backbone> backbone = new Configured<>(name, part, Settings.defaults(part, Map.of()));
    StoredBackbone.assertAgrees(name, backbone, store -> {});
  }
}
