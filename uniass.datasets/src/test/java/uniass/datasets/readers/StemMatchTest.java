/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Image;
import uniass.api.data.Split;
import uniass.api.plugin.Settings;
import uniass.datasets.miniature.Miniature;

/** Which mask belongs to which image, in every reader that goes by names. */
class StemMatchTest {

  @TempDir Path root;
  private Miniature miniature;

  @BeforeEach
  void begin() {
    miniature = new Miniature(root);
  }

  private Dataset read(DatasetReader reader) {
    return reader.read(root, Settings.defaults(reader, Map.of()));
  }

  private static List<String> problems(Dataset dataset) {
    return dataset.problems().stream().map(p -> p.severity() + " " + p).toList();
  }

  private static List<List<String>> masks(Dataset dataset) {
    return dataset.images().stream().map(Image::masks).filter(m -> !m.isEmpty()).toList();
  }

  @Test
  void twoFilesThatCouldBeTheMaskAreBothNamed() {
    miniature
        .images("train/good/0.png", "test/dent/000.png", "test/dent/001.png")
        .masks("ground_truth/dent/000.png", "ground_truth/dent/000_mask.png")
        .masks("ground_truth/dent/000.tif", "ground_truth/dent/001_mask.png");
    Dataset data = read(new Folder());
    assertEquals(
        List.of(
            "ERROR test/dent/000.png: it is unclear which is its mask: ground_truth/dent/000.png or"
                + " ground_truth/dent/000.tif or ground_truth/dent/000_mask.png; remove or rename"
                + " one"),
        problems(data));
    assertEquals(List.of(List.of("ground_truth/dent/001_mask.png")), masks(data));
  }

  @Test
  void twoImagesThatCouldHaveTheMaskAreBothNamed() {
    miniature
        .images("a/train/good/0.png", "a/test/dent/1.png", "a/test/dent/1.bmp")
        .masks("a/ground_truth/dent/1_mask.png");
    assertEquals(
        List.of(
            "ERROR a/test/dent/1.bmp: it is unclear whose mask a/ground_truth/dent/1_mask.png is:"
                + " 1.bmp or 1.png have one name; rename one"),
        problems(read(new MvtecAd())));
  }

  @Test
  void soItIsInReadersWithLayoutsOfTheirOwn() {
    miniature
        .images("Class1/Train/1.png", "Class1/Test/2.png")
        .masks("Class1/Test/Label/2_label.png", "Class1/Test/Label/2_label.bmp");
    assertEquals(
        List.of(
            "ERROR Class1/Test/2.png: it is unclear which is its mask:"
                + " Class1/Test/Label/2_label.bmp or Class1/Test/Label/2_label.png; remove or"
                + " rename one"),
        problems(read(new Dagm())));
    miniature
        .images("kos01/Part0.jpg", "kos01/Part0.png", "kos02/Part1.jpg")
        .emptyMasks("kos01/Part0_label.bmp", "kos02/Part1_label.bmp");
    assertEquals(
        "ERROR kos01/Part0.jpg: it is unclear whose mask kos01/Part0_label.bmp is: Part0.jpg or"
            + " Part0.png have one name; rename one",
        problems(read(new KolektorSdd())).get(0));
  }

  @Test
  void aMaskNamedLikeAnotherImageIsThatOnes() {
    miniature
        .images("train/0.png", "test/dent/a.png", "test/dent/a_mask.png")
        .masks("ground_truth/dent/a.png", "ground_truth/dent/a_mask.png");
    Dataset data = read(new Folder());
    assertEquals(List.of(), problems(data));
    assertEquals(
        List.of(List.of("ground_truth/dent/a.png"), List.of("ground_truth/dent/a_mask.png")),
        masks(data));
  }

  @Test
  void namesMatchInAnyUnicodeForm() {
    String composed = "d\u00e9faut";
    String decomposed = Normalizer.normalize(composed, Form.NFD);
    miniature
        .images("train/good/t.png", "test/dent/" + composed + ".png")
        .masks("ground_truth/dent/" + decomposed + "_mask.png");
    Dataset data = read(new Folder());
    assertEquals(List.of(), problems(data));
    assertEquals(List.of(List.of("ground_truth/dent/" + decomposed + "_mask.png")), masks(data));
    miniature
        .images("list/" + decomposed + "/" + decomposed + ".png")
        .text("images.csv", "path,category\nlist/" + composed + "/" + composed + ".png,a\n");
    Dataset listed = read(new CsvList());
    assertEquals(List.of(), problems(listed));
    assertEquals("list/" + decomposed + "/" + decomposed + ".png", listed.images().get(0).path());
    miniature.images("twin/" + decomposed + ".png", "twin/" + composed + ".png");
    miniature.text("images.csv", "path\ntwin/" + composed + ".png\n");
    assertEquals(List.of(), problems(read(new CsvList())), "the very name is there");
  }

  /** Folders, too: images and masks may come from different systems. */
  @Test
  void foldersOfMasksMatchInAnyUnicodeForm() {
    String composed = "Ri\u00df \u00fc";
    String decomposed = Normalizer.normalize(composed, Form.NFD);
    miniature
        .images("a/train/good/t.png", "a/test/" + composed + "/1.png")
        .masks("a/ground_truth/" + decomposed + "/1_mask.png");
    Dataset data = read(new MvtecAd());
    assertEquals(List.of(), problems(data));
    assertEquals(List.of(List.of("a/ground_truth/" + decomposed + "/1_mask.png")), masks(data));
    miniature.masks("a/ground_truth/" + decomposed + "/1/0.png");
    assertEquals(
        List.of("a/ground_truth/" + decomposed + "/1/0.png"),
        read(new MvtecLoco()).images(Split.TEST).get(0).masks());
  }

  @Test
  void aNameThatCouldBeTwoFilesIsAnErrorThatExplains() {
    String first = "a\u0323\u0307.png"; // one character and two marks, in two orders
    String second = "a\u0307\u0323.png";
    miniature
        .images("0.png", first, second)
        .text("images.csv", "path\n0.png\n" + Normalizer.normalize(first, Form.NFC) + "\n");
    assertEquals(
        "ERROR images.csv line 3: the file '"
            + Normalizer.normalize(first, Form.NFC)
            + "' could be 2 files, whose names differ only by Unicode form",
        problems(read(new CsvList())).get(0));
  }

  @Test
  void categoriesThatLookTheSameAreTheSame() {
    String composed = "b\u00f6den";
    miniature
        .images("1.png", "2.png")
        .text(
            "images.csv",
            "path,category\n1.png,"
                + composed
                + "\n2.png,"
                + Normalizer.normalize(composed, Form.NFD)
                + "\n");
    assertEquals(List.of(composed), read(new CsvList()).categories());
  }
}
