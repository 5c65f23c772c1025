/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Problem;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.PixelTruth;
import uniass.api.data.Split;
import uniass.api.plugin.Settings;
import uniass.datasets.miniature.Layout;
import uniass.datasets.miniature.Miniature;

class MvtecAdTest {

  @TempDir Path root;
  private Miniature miniature;

  @BeforeEach
  void draw() {
    miniature = new Miniature(root);
    Layout.draw("mvtec-ad", miniature);
    miniature.images("screw/train/good/000.png");
  }

  private Dataset read() {
    MvtecAd reader = new MvtecAd();
    return reader.read(root, Settings.defaults(reader));
  }

  @Test
  void listsSplitsCategoriesDefectsAndMasks() {
    Dataset data = read();
    assertEquals(List.of("bottle", "screw"), data.categories());
    assertEquals(List.of(), data.problems());
    assertEquals(
        List.of(
            "bottle/train/good/000.png", "bottle/train/good/001.png", "screw/train/good/000.png"),
        data.images(Split.TRAIN).stream().map(Image::path).toList());
    Image crack =
        new Image(
            "bottle/test/crack/000.png",
            "bottle",
            Split.TEST,
            "crack",
            Label.ANOMALOUS,
            PixelTruth.MASKS,
            List.of("bottle/ground_truth/crack/000_mask.png"));
    assertEquals(
        List.of(crack, Image.normal("bottle/test/good/000.png", "bottle", Split.TEST)),
        data.images(Split.TEST));
  }

  @Test
  void aMissingMaskIsAnErrorAndASurplusMaskAWarning() {
    miniature
        .images("bottle/test/crack/001.png")
        .masks("bottle/ground_truth/crack/007_mask.png", "bottle/ground_truth/dent/000_mask.png");
    Dataset data = read();
    assertEquals(
        List.of(
            Problem.error(
                "bottle/test/crack/001.png",
                "its mask bottle/ground_truth/crack/001_mask.png is missing"),
            Problem.warning("bottle/ground_truth/crack/007_mask.png", "a mask without an image"),
            Problem.warning("bottle/ground_truth/dent", "masks of a defect without test images")),
        data.problems());
    assertEquals(PixelTruth.UNKNOWN, data.images(Split.TEST).get(1).truth());
  }

  @Test
  void saysWhatItExpected() {
    UniassException none =
        assertThrows(
            UniassException.class,
            () -> new MvtecAd().read(root.resolve("nothing"), new Settings(java.util.Map.of())));
    assertTrue(none.getMessage().endsWith("nothing does not exist"), none.getMessage());
    UniassException single =
        assertThrows(
            UniassException.class,
            () -> new MvtecAd().read(root.resolve("bottle"), new Settings(java.util.Map.of())));
    assertTrue(single.getMessage().contains("give the folder around it"), single.getMessage());
    UniassException other =
        assertThrows(
            UniassException.class,
            () ->
                new MvtecAd().read(root.resolve("bottle/train"), new Settings(java.util.Map.of())));
    assertTrue(other.getMessage().contains("expected CATEGORY/train/good"), other.getMessage());
  }
}
