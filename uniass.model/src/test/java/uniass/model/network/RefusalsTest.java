/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uniass.api.UniassException;
import uniass.api.network.Backbone;
import uniass.model.vit.Dinov2S14;
import uniass.tensor.Engines;

/** Sizes and combinations that make no sense are refused, with the reason. */
class RefusalsTest {

  private final AssembledNetworks networks = new AssembledNetworks(Engines.load());

  private void assertRefused(PlanBuilder plan, String reason) {
    List<String> reasons = networks.refusals(plan.build());
    assertEquals(1, reasons.size(), reasons::toString);
    assertTrue(reasons.get(0).contains(reason), reasons::toString);
  }

  private void assertAccepted(PlanBuilder plan) {
    assertEquals(List.of(), networks.refusals(plan.build()));
  }

  @Test
  void imageSizes() {
    assertRefused(new PlanBuilder().image(220, 224), "image height 220 px is not a multiple of 16");
    assertRefused(new PlanBuilder().image(224, 8), "image width 8 px is not a multiple of 16");
    assertAccepted(new PlanBuilder().image(256, 128));
  }

  @Test
  void levelsThatTheNetworkCannotUse() {
    Backbone vit = new Dinov2S14();
    assertRefused(
        new PlanBuilder().backbone("dinov2-s14", vit, Map.of()),
        "the network needs levels of strides 2, 4, 8 and 16; backbone 'dinov2-s14' has"
            + " 14, 14, 14, 14: set model.backbone.pyramid to true");
    assertAccepted(new PlanBuilder().backbone("dinov2-s14", vit, Map.of("pyramid", true)));
  }

  @Test
  void hiddenWidth() {
    assertRefused(new PlanBuilder().hidden(100), "hidden width 100 is not a multiple of the 32");
    assertRefused(
        new PlanBuilder().hidden(96).attention("spatial", Map.of("heads", 5)),
        "attention: hidden width 96 is not divisible by 5 heads");
    assertRefused(
        new PlanBuilder().pixelDecoder("transformer-fpn", Map.of("heads", 7)),
        "pixel decoder: hidden width 256 is not divisible by 7 heads");
  }

  @Test
  void gridsThatTheHeadsDoNotDivide() {
    assertRefused(new PlanBuilder().image(208, 208), "169 cells, not divisible by 4 heads");
    assertAccepted(new PlanBuilder().image(208, 208).attention("spatial", Map.of()));
  }

  @Test
  void masksThatHideEverything() {
    assertRefused(new PlanBuilder().image(96, 96), "neighbor mask of 7 hides all of the 6 x 6");
    assertAccepted(new PlanBuilder().image(128, 64));
    assertAccepted(
        new PlanBuilder().image(96, 96).attention("spatial-channel", Map.of("neighbour-mask", 5)));
    assertRefused(
        new PlanBuilder().attention("spatial-channel", Map.of("neighbour-mask", 4)),
        "odd size or 0 for none, not 4");
    assertRefused(
        new PlanBuilder()
            .image(64, 64)
            .attention("spatial-channel", Map.of("neighbour-mask", 0))
            .pixelDecoder("transformer-fpn", Map.of("neighbour-mask", 5)),
        "pixel decoder: a neighbor mask of 5 hides all of the 4 x 4 grid");
  }

  @Test
  void blursThatDoNotFit() {
    PlanBuilder plan =
        new PlanBuilder().image(16, 128).attention("spatial-channel", Map.of("neighbour-mask", 0));
    assertRefused(plan, "blurred features need images of at least 32 x 32 px, not 16 x 128");
    assertAccepted(plan.features("none"));
  }

  @Test
  void branches() {
    assertRefused(new PlanBuilder().gatedCnn("mgg-cnn", Map.of("branches", List.of())), "without");
    assertRefused(
        new PlanBuilder().gatedCnn("mgg-cnn", Map.of("branches", List.of("1x1", "5x5"))),
        "no branch '5x5'; there are: 1x1, 3x3, 3x3-2, 3x3-3");
  }

  @Test
  void lossWithoutTerms() {
    assertRefused(new PlanBuilder().loss(List.of(), "paper", 1), "loss without terms");
  }

  @Test
  void assemblingARefusedPlanFailsWithTheReason() {
    var plan = new PlanBuilder().image(220, 220).build();
    UniassException e =
        assertThrows(UniassException.class, () -> networks.assemble(plan, Device.cpu(), 1));
    assertTrue(e.getMessage().contains("220 px is not a multiple of 16"), e.getMessage());
  }
}
