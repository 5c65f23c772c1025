/* SPDX-License-Identifier: Apache-2.0 */
package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uniass.api.UniassException;
import uniass.api.network.AnomalyNetwork;
import uniass.api.network.GatedCnn;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Settings;
import uniass.model.network.AssembledNetworks;
import uniass.model.network.PlanBuilder;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.Layer;
import uniass.tensor.Ops;
import uniass.tensor.Pass;

/** What goes wrong in somebody else's part is told in one line that names the part. */
class ForeignPartsTest {

  private final EngineReady engine = Engines.load();

  private String complaint(GatedCnn part) {
    PlanBuilder plan =
        new PlanBuilder()
            .image(64, 64)
            .hidden(32)
            .backbone("efficientnet-lite0")
            .pixelDecoder("fpn", Map.of())
            .attention("spatial", Map.of("ffn", 32L, "neighbour-mask", 0L))
            .gatedCnn(new Configured<>("mine", part, new Settings(Map.of())));
    UniassException e =
        assertThrows(
            UniassException.class,
            () -> {
              try (AnomalyNetwork network =
                      new AssembledNetworks(engine).assemble(plan.build(), Device.cpu(), 1);
                  NDManager manager = engine.newManager(Device.cpu())) {
                NDArray images = manager.zeros(new Shape(2, 3, 64, 64));
                network.anomalyMaps(images, Pass.inference());
              }
            });
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    return e.getMessage();
  }

  private String complaint(Layer layer) {
    return complaint((GatedCnn) (scope, shape, settings) -> layer);
  }

  @Test
  void aWrongShape() {
    String line = complaint((x, pass) -> Ops.maxPool(x, 2, 2, 0));
    assertTrue(line.startsWith("plug-in 'mine' (org.example.ForeignPartsTest"), line);
    assertTrue(line.endsWith("of shape (2, 32, 2, 2), expected (2, 32, 4, 4)"), line);
  }

  @Test
  void anExceptionInTheForwardPass() {
    String line = complaint((x, pass) -> List.of(x).get(3));
    assertTrue(line.contains(" failed at ForeignPartsTest.java:"), line);
    assertTrue(line.endsWith("Index: 3 Size: 1"), line);
  }

  @Test
  void whatPyTorchRefuses() {
    String line = complaint((x, pass) -> Ops.convSame(x, x, x));
    assertTrue(line.contains(" failed at ForeignPartsTest.java:"), line);
    assertTrue(line.contains("EngineException: Given weight of size [2, 32, 4, 4]"), line);
  }

  @Test
  void nothingAtAll() {
    String line = complaint((Layer) null);
    assertTrue(line.endsWith("returned null, expected a result"), line);
  }
}
