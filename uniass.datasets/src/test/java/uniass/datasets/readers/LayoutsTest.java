/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.readers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.data.Dataset;
import uniass.api.data.DatasetReader;
import uniass.api.data.Image;
import uniass.api.data.SaturationThreshold;
import uniass.api.plugin.Settings;
import uniass.datasets.miniature.Layout;
import uniass.datasets.miniature.Miniature;

/** A miniature of every layout, and what its reader makes of it. */
class LayoutsTest {

  @TempDir Path root;
  private Miniature miniature;
  private Dataset data;

  @BeforeEach
  void begin() {
    miniature = new Miniature(root);
  }

  private void read(DatasetReader reader, Map<String, Object> settings) {
    data = reader.read(root, Settings.defaults(reader, settings));
    for (Image image : data.images()) {
      assertTrue(Files.isRegularFile(data.root().resolve(image.path())), image.path());
      for (String mask : image.masks()) {
        assertTrue(Files.isRegularFile(data.root().resolve(mask)), mask);
      }
    }
  }

  private void expect(String... images) {
    assertEquals(
        List.of(images),
        data.images().stream()
            .map(
                p ->
                    String.join(
                            " ",
                            p.path(),
                            p.category(),
                            p.split().name(),
                            p.defect(),
                            p.label().name(),
                            p.truth().name(),
                            String.join(";", p.masks()))
                        .strip())
            .toList());
  }

  private void problems(String... problems) {
    assertEquals(
        List.of(problems), data.problems().stream().map(p -> p.severity() + " " + p).toList());
  }

  @Test
  void mpddAndDtdSyntheticKeepMvtecsLayout() {
    Layout.draw("dtd-synthetic", miniature);
    for (DatasetReader reader : List.of(new Mpdd(), new DtdSynthetic())) {
      read(reader, Map.of());
      expect(
          "a/train/good/0.png a TRAIN good NORMAL NORMAL",
          "a/test/bad/2.png a TEST bad ANOMALOUS MASKS a/ground_truth/bad/2_mask.png",
          "a/test/good/1.png a TEST good NORMAL NORMAL");
      problems();
    }
  }

  @Test
  void btadMixesBmpAndPng() {
    Layout.draw("btad", miniature);
    read(new Btad(), Map.of());
    expect(
        "01/train/ok/0.bmp 01 TRAIN good NORMAL NORMAL",
        "01/test/ko/2.bmp 01 TEST ko ANOMALOUS MASKS 01/ground_truth/ko/2.png",
        "01/test/ok/1.bmp 01 TEST good NORMAL NORMAL",
        "03/train/ok/0.bmp 03 TRAIN good NORMAL NORMAL",
        "03/test/ko/4.bmp 03 TEST ko ANOMALOUS MASKS 03/ground_truth/ko/4.bmp");
    problems();
  }

  @Test
  void visaAsPublished() {
    Layout.draw("visa", miniature);
    miniature.more("split_csv/1cls.csv", "candle,test,normal,candle/Data/Images/Normal/9.JPG,\n");
    read(new Visa(), Map.of());
    expect(
        "candle/Data/Images/Normal/0.JPG candle TRAIN good NORMAL NORMAL",
        "candle/Data/Images/Normal/1.JPG candle TEST good NORMAL NORMAL",
        "candle/Data/Images/Anomaly/2.JPG candle TEST wax missing,wick ANOMALOUS MASKS"
            + " candle/Data/Masks/Anomaly/2.png",
        "candle/Data/Images/Anomaly/3.JPG candle TEST anomaly ANOMALOUS MASKS"
            + " candle/Data/Masks/Anomaly/3.png");
    problems(
        "ERROR split_csv/1cls.csv line 6: the file 'candle/Data/Images/Normal/9.JPG' is missing");
  }

  @Test
  void visaConverted() {
    Layout.draw("visa-converted", miniature);
    read(new Visa(), Map.of());
    expect(
        "1cls/pcb1/train/good/0.JPG pcb1 TRAIN good NORMAL NORMAL",
        "1cls/pcb1/test/bad/2.JPG pcb1 TEST bad ANOMALOUS MASKS 1cls/pcb1/ground_truth/bad/2.png",
        "1cls/pcb1/test/good/1.JPG pcb1 TEST good NORMAL NORMAL");
    problems();
  }

  @Test
  void jsonLinesAsTheReferenceHasThem() {
    Layout.draw("json-lines", miniature);
    miniature
        .more(
            "test.json",
            "{\"filename\": \"../secret.png\", \"label\": 1, \"clsname\": \"a\"}\n"
                + "{\"filename\": \"i/a/test/dent/3.png\", \"label\": 1, \"clsname\": \"pear\"}\n"
                + "not json {\n"
                + "{\"filename\": \"i/a/test/dent/3.png\", \"label\": \"bad\"}\n")
        .text("index.json", "{\"apple\": 0, \"a\": 1}");
    read(new JsonLines(), Map.of("class-index", "index.json"));
    expect(
        "i/a/train/good/0.png a TRAIN good NORMAL NORMAL",
        "i/a/test/good/1.png a TEST good NORMAL NORMAL",
        "i/a/test/dent/2.png a TEST dent ANOMALOUS MASKS i/a/truth/2.png",
        "i/a/test/dent/3.png a TEST defective ANOMALOUS ALL_ANOMALOUS",
        "i/a/test/dent/3.png a TEST  UNKNOWN UNKNOWN");
    assertEquals(
        "test.json line 4: '../secret.png' leads outside the data set's folder",
        data.problems().get(0).toString());
    assertEquals(
        "test.json line 5: the class 'pear' is not in the class index",
        data.problems().get(1).toString());
    assertTrue(
        data.problems().get(2).toString().startsWith("test.json line 6: is not a JSON object"));
    assertEquals(
        "test.json line 7: the label 'bad' is neither 0 nor 1", data.problems().get(3).toString());
  }

  @Test
  void csvLists() {
    Layout.draw("csv", miniature);
    miniature.more(
        "list.csv",
        "4.png;;;;;\n"
            + "5.png;cap;test;;;\n"
            + "/etc/passwd;cap;tset;;;\n"
            + "0.png;cap;tset;perhaps;;\n");
    read(new CsvList(), Map.of("list", "list.csv", "delimiter", ";", "category", "lid"));
    expect(
        "0.png cap TRAIN good NORMAL NORMAL",
        "1.png lid TRAIN good NORMAL NORMAL",
        "2.png cap TEST dent ANOMALOUS MASKS m/2.png;m/2b.png",
        "3.png cap VALIDATION good NORMAL NORMAL",
        "4.png cap TEST good NORMAL NORMAL",
        "4.png lid TEST  UNKNOWN UNKNOWN",
        "0.png cap TEST  UNKNOWN UNKNOWN");
    problems(
        "ERROR list.csv line 8: the file '5.png' is missing",
        "ERROR list.csv line 9: '/etc/passwd' leads outside the data set's folder",
        "ERROR list.csv line 10: the split 'tset' is not train, validation or test",
        "ERROR list.csv line 10: the label 'perhaps' is not normal, anomalous or unknown");
  }

  @Test
  void mvtecAd2WithItsPrivateSets() {
    Layout.draw("mvtec-ad-2", miniature);
    read(new MvtecAd2(), Map.of());
    expect(
        "can/train/good/0_regular.png can TRAIN good NORMAL NORMAL",
        "can/validation/good/1_regular.png can VALIDATION good NORMAL NORMAL",
        "can/test_public/bad/3_regular.png can TEST bad ANOMALOUS MASKS"
            + " can/test_public/ground_truth/bad/3_regular_mask.png",
        "can/test_public/good/2_regular.png can TEST good NORMAL NORMAL");
    problems();
    read(new MvtecAd2(), Map.of("test", "private"));
    expect(
        "can/train/good/0_regular.png can TRAIN good NORMAL NORMAL",
        "can/validation/good/1_regular.png can VALIDATION good NORMAL NORMAL",
        "can/test_private/4_regular.png can TEST  UNKNOWN UNKNOWN");
    read(new MvtecAd2(), Map.of("test", "all"));
    assertEquals(6, data.images().size());
  }

  @Test
  void mvtecLocoWithSeveralMasksAndSaturations() {
    Layout.draw("mvtec-loco", miniature);
    miniature
        .images("box/test/structural_anomalies/4.png")
        .masks("box/ground_truth/logical_anomalies/7/000.png");
    read(new MvtecLoco(), Map.of());
    expect(
        "box/train/good/0.png box TRAIN good NORMAL NORMAL",
        "box/validation/good/1.png box VALIDATION good NORMAL NORMAL",
        "box/test/good/2.png box TEST good NORMAL NORMAL",
        "box/test/logical_anomalies/3.png box TEST logical_anomalies ANOMALOUS MASKS"
            + " box/ground_truth/logical_anomalies/3/000.png;"
            + "box/ground_truth/logical_anomalies/3/001.png",
        "box/test/structural_anomalies/4.png box TEST structural_anomalies ANOMALOUS UNKNOWN");
    problems(
        "WARNING box/ground_truth/logical_anomalies/7: masks without an image",
        "ERROR box/test/structural_anomalies/4.png: its masks"
            + " box/ground_truth/structural_anomalies/4/*.png are missing");
    assertEquals(
        List.of(
            new SaturationThreshold("box", "missing_nut", 255, 6300, false),
            new SaturationThreshold("box", "dent", 254, 0.5, true)),
        data.saturations());
  }

  @Test
  void aPartOfTheCategoriesKeepsWhatBelongsToIt() {
    String config = "[{\"pixel_value\": 255, \"saturation_threshold\": 7}]";
    for (String category : List.of("box", "cup")) {
      miniature
          .images(category + "/train/good/0.png", category + "/test/good/1.png")
          .masks(category + "/ground_truth/dents/3/000.png")
          .images(category + "/test/dents/4.png")
          .text(category + "/defects_config.json", config);
    }
    read(new MvtecLoco(), Map.of());
    data = data.only(List.of("cup"));
    assertEquals(List.of("cup"), data.categories());
    assertEquals(3, data.images().size());
    assertEquals(List.of(new SaturationThreshold("cup", "", 255, 7, false)), data.saturations());
    problems(
        "ERROR cup/test/dents/4.png: its masks cup/ground_truth/dents/4/*.png are missing",
        "WARNING cup/ground_truth/dents/3: masks without an image");
  }

  @Test
  void realIadWithItsViews() {
    String bad = "NG/AK/S0002/toy_0002_NG_AK_C1_2023";
    Layout.draw("real-iad", miniature);
    read(new RealIad(), Map.of());
    expect(
        "realiad_1024/toy/OK/S0001/toy_0001_OK_C1_2023.jpg toy TRAIN good NORMAL NORMAL",
        "realiad_1024/toy/OK/S0001/toy_0001_OK_C2_2023.jpg toy TRAIN good NORMAL NORMAL",
        "realiad_1024/toy/"
            + bad
            + ".jpg toy TEST AK ANOMALOUS MASKS realiad_1024/toy/"
            + bad
            + ".png");
    problems();
    read(new RealIad(), Map.of("views", List.of("C1"), "images", "realiad_1024"));
    assertEquals(2, data.images().size());
  }

  @Test
  void dagmLeavesDefectiveTrainingImagesOut() {
    Layout.draw("dagm", miniature);
    read(new Dagm(), Map.of());
    expect(
        "Class1/Train/0001.PNG Class1 TRAIN good NORMAL NORMAL",
        "Class1/Test/0003.PNG Class1 TEST good NORMAL NORMAL",
        "Class1/Test/0004.PNG Class1 TEST defect ANOMALOUS MASKS"
            + " Class1/Test/Label/0004_label.PNG");
    problems(
        "WARNING Class1/Train: 1 defective training images are left out; 'defective-train: test' tests on"
            + " them");
    read(new Dagm(), Map.of("defective-train", "test"));
    assertEquals(4, data.images().size());
    problems();
  }

  @Test
  void kolektorSddLooksIntoItsLabels() {
    Layout.draw("kolektor-sdd", miniature);
    read(new KolektorSdd(), Map.of("fold", 1));
    expect(
        "kos01/Part0.jpg kolektor TRAIN good NORMAL NORMAL",
        "kos01/Part1.jpg kolektor TEST defect ANOMALOUS MASKS kos01/Part1_label.bmp",
        "kos02/Part0.jpg kolektor TEST good NORMAL NORMAL",
        "kos02/Part1.jpg kolektor TEST defect ANOMALOUS MASKS kos02/Part1_label.bmp",
        "kos03/Part0.jpg kolektor TRAIN good NORMAL NORMAL",
        "kos03/Part1.jpg kolektor TEST defect ANOMALOUS MASKS kos03/Part1_label.bmp");
    problems();
  }

  @Test
  void kolektorSdd2LooksIntoItsMasks() {
    Layout.draw("kolektor-sdd2", miniature);
    miniature.images("test/20002.png");
    read(new KolektorSdd2(), Map.of());
    expect(
        "train/10000.png kolektor2 TRAIN good NORMAL NORMAL",
        "test/20000.png kolektor2 TEST good NORMAL NORMAL",
        "test/20001.png kolektor2 TEST defect ANOMALOUS MASKS test/20001_GT.png");
    problems(
        "WARNING train: 1 defective training images are left out; 'defective-train: test' tests on them",
        "ERROR test/20002.png: its mask test/20002_GT.png is missing; left out");
  }

  @Test
  void bmadWithMasksAndWithout() {
    Layout.draw("bmad", miniature);
    read(new Bmad(), Map.of());
    expect(
        "Brain/train/good/img/0.png Brain TRAIN good NORMAL NORMAL",
        "Brain/valid/Ungood/img/1.png Brain VALIDATION Ungood ANOMALOUS MASKS"
            + " Brain/valid/Ungood/label/1.png",
        "Brain/test/good/img/2.png Brain TEST good NORMAL NORMAL",
        "Brain/test/Ungood/img/3.png Brain TEST Ungood ANOMALOUS MASKS"
            + " Brain/test/Ungood/label/3.png",
        "Chest/train/good/0.png Chest TRAIN good NORMAL NORMAL",
        "Chest/test/good/1.png Chest TEST good NORMAL NORMAL",
        "Chest/test/Ungood/2.png Chest TEST Ungood ANOMALOUS UNKNOWN");
    problems();
  }
}
