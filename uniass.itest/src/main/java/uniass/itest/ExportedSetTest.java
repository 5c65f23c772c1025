/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import uniass.api.UniassException;
import uniass.api.inspection.Inspection;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;
import uniass.api.inspection.Prediction.Verdict;

/**
 * A gateway that inspects with exported models alone needs no PyTorch. Runs in that set alone; its
 * model is one that bench/tiny_onnx.py wrote.
 */
@EnabledIfSystemProperty(named = "uniass.itest.set", matches = "exported")
class ExportedSetTest {

  @InjectBundleContext BundleContext context;

  @InjectService(timeout = Patience.MILLISECONDS)
  Inspection inspection;

  @TempDir Path folder;

  @Test
  void noLibrariesOfPyTorchAreInstalledOrLoaded() throws IOException {
    for (Bundle bundle : context.getBundles()) {
      String name = bundle.getSymbolicName();
      assertTrue(!name.startsWith("uniass.djl."), name + " is not needed");
      assertTrue(!name.equals("uniass.model"), name + " is not needed");
    }
    assertTrue(
        Arrays.stream(context.getBundles())
            .anyMatch(b -> b.getSymbolicName().startsWith("uniass.onnx.")));
    assertNull(context.getServiceReference("uniass.tensor.EngineReady"));
    String loaded = Files.readString(Path.of("/proc/self/maps"));
    assertTrue(!loaded.contains("libtorch"), "PyTorch is in memory");
  }

  @Test
  void anImageIsInspected() throws IOException {
    try (Inspector inspector = inspection.open(model(), InspectionOptions.defaults())) {
      assertEquals(Verdict.ANOMALOUS, inspector.inspect(image("red", Color.RED)).verdict());
      assertEquals(Verdict.NORMAL, inspector.inspect(image("gray", Color.GRAY)).verdict());
      assertEquals(64, inspector.inspect(image("again", Color.RED)).map().width());
    }
  }

  @Test
  void aModelThatNeedsPyTorchIsRefusedWithTheFix() {
    UniassException refused =
        assertThrows(
            UniassException.class,
            () -> inspection.open(Path.of("model.safetensors"), InspectionOptions.defaults()));
    assertTrue(refused.getMessage().contains("uniass export FILE --to FILE.onnx"));
  }

  private Path model() throws IOException {
    Path file = folder.resolve("tiny.onnx");
    try (InputStream in = ExportedSetTest.class.getResourceAsStream("tiny.onnx")) {
      Files.copy(in, file);
    }
    return file;
  }

  private Path image(String name, Color color) throws IOException {
    BufferedImage image = new BufferedImage(80, 100, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 80 * 100; i++) {
      image.setRGB(i % 80, i / 80, color.getRGB());
    }
    Path file = folder.resolve(name + ".png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
