/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.Split;
import uniass.api.plugin.Settings;
import uniass.datasets.miniature.Miniature;

/** Folders as other programs name them, and files that are none of ours. */
class NamedFoldersTest {

  @TempDir Path folder;
  private Path root;
  private Miniature miniature;

  @BeforeEach
  void begin() {
    root = folder.resolve("cap");
    miniature = new Miniature(root);
  }

  private Dataset read(Map<String, Object> settings) {
    Folder reader = new Folder();
    return reader.read(root, Settings.defaults(reader, settings));
  }

  private String refusal(Map<String, Object> settings) {
    return assertThrows(UniassException.class, () -> read(settings)).getMessage();
  }

  private static List<String> images(Dataset data) {
    return data.images().stream()
        .map(i -> i.path() + " " + i.split() + " " + i.defect() + " " + i.masks())
        .toList();
  }

  @Test
  void otherFoldersAreRefusedWithTheSettingsThatReadThem() {
    miniature
        .images("good/0.png", "crack/1.png", "bad/2.png")
        .masks("mask/crack/1.png")
        .text("notes/readme.txt", "text");
    String line = refusal(Map.of());
    assertTrue(
        line.endsWith(
            "but in its folders; name them: reader: {name: folder, normal-folder: good,"
                + " anomalous-folder: [bad, crack], mask-folder: mask}"),
        line);
    Dataset data =
        read(
            Map.of(
                "normal-folder",
                "good",
                "anomalous-folder",
                List.of("bad", "crack"),
                "mask-folder",
                "mask"));
    assertEquals(
        List.of(
            "good/0.png TRAIN good []",
            "bad/2.png TEST bad []",
            "crack/1.png TEST crack [mask/crack/1.png]"),
        images(data));
    assertEquals(
        List.of("bad/2.png: its mask mask/2.png is missing"),
        data.problems().stream().map(Object::toString).toList());
  }

  @Test
  void defectsMayHaveFoldersOfTheirOwnAndMasksLieBesideThem() {
    miniature
        .images("ok/0.png", "ok-test/1.png", "defect/hole/2.png", "defect/3.png")
        .masks("label/hole/2_mask.png", "label/3.png");
    Dataset data =
        read(
            Map.of(
                "normal-folder",
                "ok",
                "normal-test-folder",
                "./ok-test/",
                "anomalous-folder",
                List.of("defect"),
                "mask-folder",
                "label"));
    assertEquals(
        List.of(
            "ok/0.png TRAIN good []",
            "ok-test/1.png TEST good []",
            "defect/3.png TEST defect [label/3.png]",
            "defect/hole/2.png TEST hole [label/hole/2_mask.png]"),
        images(data));
    assertEquals(List.of(), data.problems());
    assertEquals(List.of("cap"), data.categories());
  }

  @Test
  void withoutMasksPixelsAreUnknown() {
    miniature.images("normal/0.png", "abnormal/1.png");
    Dataset data = read(Map.of("normal-folder", "normal", "anomalous-folder", List.of("abnormal")));
    assertEquals(List.of(), data.problems());
    assertEquals(List.of(), data.images(Split.TEST).get(0).masks());
  }

  @Test
  void settingsThatMissTheirFolderSaySo() {
    miniature.images("good/0.png");
    assertTrue(
        refusal(Map.of("normal-folder", "goods")).startsWith("normal-folder: there is no folder"));
    assertTrue(
        refusal(Map.of("mask-folder", "mask")).contains("set normal-folder, too"), "half of it");
  }

  @Test
  void adviceNeverTrainsOnDefects() {
    miniature.images("0.png", "crack/1.png");
    assertEquals(
        "crack: a folder with 1 image that is not used; good images go into the data set's folder"
            + " itself, defective ones into 'test/crack'",
        read(Map.of()).problems().get(0).toString());
  }

  @Test
  void litterIsPassedOverAndOtherEndingsAreCounted() throws java.io.IOException {
    miniature.images("train/good/1.png", "train/good/2.jpg", "train/good/3.bmp");
    Path good = root.resolve("train/good");
    java.nio.file.Files.move(good.resolve("2.jpg"), good.resolve("2.jfif"));
    java.nio.file.Files.copy(good.resolve("2.jfif"), good.resolve("4.JPE"));
    miniature
        .text("train/good/._1.png", "mac")
        .text("train/good/.DS_Store", "mac")
        .text("train/good/Thumbs.db", "windows")
        .text("train/good/desktop.ini", "windows")
        .text("train/good/@eaDir/1.png", "nas")
        .text("__MACOSX/train/good/._1.png", "mac")
        .text("train/good/5.heic", "phone")
        .text("train/good/6.HEIC", "phone")
        .text("train/good/7.dng", "raw");
    Dataset data = read(Map.of());
    assertEquals(4, data.images().size());
    assertEquals(1, data.problems().size(), data.problems().toString());
    assertTrue(
        data.problems()
            .get(0)
            .toString()
            .startsWith(
                "3 files are left out by ending: 1 .dng, 2 .heic (train/good/5.heic,"
                    + " train/good/6.HEIC, train/good/7.dng); these are read: "),
        data.problems().toString());
  }
}
