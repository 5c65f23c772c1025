/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.Label;
import uniass.api.data.PixelTruth;
import uniass.api.data.Split;
import uniass.api.plugin.Settings;
import uniass.datasets.miniature.Layout;
import uniass.datasets.miniature.Miniature;

class FolderTest {

  @TempDir Path root;

  private Dataset read(Map<String, Object> settings) {
    Folder reader = new Folder();
    return reader.read(root, Settings.defaults(reader, settings));
  }

  @Test
  void imagesInTheFolderItselfAreGood() {
    new Miniature(root).images("b.jpg", "a.PNG").text("notes.txt", "hello");
    Dataset data = read(Map.of("category", "cap"));
    assertEquals(
        List.of(
            Image.normal("a.PNG", "cap", Split.TRAIN), Image.normal("b.jpg", "cap", Split.TRAIN)),
        data.images());
    assertEquals(List.of(root.getFileName().toString()), read(Map.of()).categories());
  }

  @Test
  void testFoldersAndMasksAreOptional() {
    Miniature miniature = new Miniature(root);
    Layout.draw("folder", miniature);
    miniature.images("test/scratch/007.png");
    Dataset data = read(Map.of());
    assertEquals(2, data.images(Split.TRAIN).size());
    assertEquals(1, data.images(Split.VALIDATION).size());
    List<Image> test = data.images(Split.TEST);
    assertEquals(
        List.of(
            "test/006.png UNKNOWN []",
            "test/dent/004.png ANOMALOUS [ground_truth/dent/004.png]",
            "test/dent/005.png ANOMALOUS [ground_truth/dent/005_mask.png]",
            "test/good/003.png NORMAL []",
            "test/scratch/007.png ANOMALOUS []"),
        test.stream().map(p -> p.path() + " " + p.label() + " " + p.masks()).toList());
    assertEquals(Label.ANOMALOUS, test.get(4).label());
    assertEquals(PixelTruth.UNKNOWN, test.get(4).truth());
    assertEquals(
        List.of("test/scratch/007.png: its mask ground_truth/scratch/007.png is missing"),
        data.problems().stream().map(Object::toString).toList());
  }

  @Test
  void imagesInDeeperFoldersAreNotPassedOverInSilence() {
    new Miniature(root)
        .images("train/good/1.png", "train/good/late/2.png", "train/good/late/b/3.png")
        .images("train/reject/4.png", "test/dent/5.png");
    Dataset data = read(Map.of());
    assertEquals(1, data.images(Split.TRAIN).size());
    assertEquals(
        List.of(
            "train/reject: a folder with 1 image that is not used; good images go into 'train'"
                + " itself, defective ones into 'test/reject'",
            "train/good/late: a folder with 2 images that are not used; good images go into"
                + " 'train/good' itself, defective ones into 'test/late'"),
        data.problems().stream().map(Object::toString).toList());
  }

  @Test
  void aFolderOfProductsIsNotToldToMoveItsImages() {
    new Miniature(root).images("01/train/good/1.png", "01/test/good/2.png");
    assertEquals(
        "no images directly in "
            + root
            + ", but the folder 01 in it has 'train': give that one as dataset.root",
        refusal());
    new Miniature(root).images("02/train/good/1.png", "010/train/good/1.png", "no/train/1.png");
    assertEquals(
        "no images directly in "
            + root
            + ", but the folders 01, 010, 02, ... in it have 'train' each: set"
            + " dataset.reader=mvtec-ad, which takes each for a product",
        refusal());
  }

  private String refusal() {
    return assertThrows(UniassException.class, () -> read(Map.of())).getMessage();
  }

  @Test
  void anEmptyFolderSaysWhatWasExpected() {
    UniassException e = assertThrows(UniassException.class, () -> read(Map.of()));
    assertTrue(e.getMessage().contains("expected good images in it"), e.getMessage());
  }
}
