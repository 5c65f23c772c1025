/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.inspection.Inspection;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.Prediction;
import uniass.api.inspection.Prediction.Verdict;
import uniass.inference.model.Models;

/**
 * What Kura's engine and wires find is what the inspection finds. Kura itself is not here: a bundle
 * with its signatures takes its place, and {@link KuraHost} its part.
 */
@EnabledIfSystemProperty(named = "uniass.itest.set", matches = "kura")
class KuraTest {

  @InjectBundleContext BundleContext context;

  @InjectService ConfigurationAdmin configurations;

  @InjectService(timeout = Patience.MILLISECONDS)
  Models models;

  @InjectService(timeout = Patience.MILLISECONDS)
  Checkpoints checkpoints;

  @InjectService(timeout = Patience.MILLISECONDS)
  Inspection inspection;

  @TempDir Path folder;

  @Test
  void engineAndWiresFindWhatTheInspectionFinds() throws Exception {
    Untrained files = new Untrained(models, checkpoints, folder);
    Path image = files.image("part.png", Color.LIGHT_GRAY);
    Path model = files.model(Untrained.threshold(1e-9));
    Prediction expected;
    try (Inspector inspector =
        inspection.open(model, InspectionOptions.defaults().withDevice("cpu").withBatch(1))) {
      expected = inspector.inspect(image);
    }
    assertEquals(Verdict.ANOMALOUS, expected.verdict());
    byte[] file = Files.readAllBytes(image);
    try (KuraHost host = new KuraHost(context, configurations)) {
      host.configureEngine(folder);
      assertEquals(List.of("model-1"), host.modelNames());
      assertFalse(host.isLoaded("model-1"));
      assertEquals(List.of("verdict", "threshold", "score", "heatmap"), host.outputs("model-1"));
      assertTrue(host.isLoaded("model-1"), "Kura's wires never load what they ask about");
      host.load("model-1");
      same(expected, host.infer("model-1", file));
      same(expected, host.inferByteByByte("model-1", file));
      String wrong = host.failure("model-1", new byte[] {1, 2, 3});
      assertTrue(wrong.contains("INVALID_PARAMETER") && wrong.contains("image"), wrong);
      assertTrue(host.outputs("model-2").isEmpty());
      host.unload("model-1");
      assertFalse(host.isLoaded("model-1"));

      host.configureWire(model);
      Map<String, Object> record = host.send(Map.of("image", file, "part", "4711"));
      same(expected, record);
      assertEquals("4711", record.get("part"), "what else the record has goes on");
      assertFalse(record.containsKey("image"));
      assertTrue(host.send(Map.of("part", "4712")).isEmpty());
    }
  }

  private static void same(Prediction expected, Map<String, Object> found) throws Exception {
    assertEquals(true, found.get("verdict"));
    assertEquals((float) expected.score(), found.get("score"));
    assertEquals((float) expected.threshold().getAsDouble(), found.get("threshold"));
    BufferedImage heat =
        ImageIO.read(new ByteArrayInputStream((byte[]) found.get("heatmap")));
    assertEquals(expected.map().height(), heat.getHeight());
  }

  /** Kura reads metatype from a file with the component's name, and has its own API. */
  @Test
  void theBundleIsWhatKuraExpects() {
    Bundle kura =
        Arrays.stream(context.getBundles())
            .filter(bundle -> bundle.getSymbolicName().equals("uniass.kura"))
            .findFirst()
            .orElseThrow();
    for (String name : List.of("InferenceEngine", "WireInspection")) {
      assertNotNull(kura.getEntry("OSGI-INF/metatype/uniass.kura." + name + ".xml"), name);
    }
    assertNull(kura.findEntries("org", "*.class", true));
    assertTrue(
        kura.getHeaders()
            .get("Import-Package")
            .contains("org.eclipse.kura.ai.inference;version=\"[1.0,1.2)\""));
  }
}
