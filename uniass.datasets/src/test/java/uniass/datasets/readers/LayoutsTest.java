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
import uniass.api.data.Picture;
import uniass.api.data.Saturation;
import uniass.api.plugin.Settings;

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
    for (Picture picture : data.pictures()) {
      assertTrue(Files.isRegularFile(data.root().resolve(picture.path())), picture.path());
      for (String mask : picture.masks()) {
        assertTrue(Files.isRegularFile(data.root().resolve(mask)), mask);
      }
    }
  }

  private void expect(String... pictures) {
    assertEquals(
        List.of(pictures),
        data.pictures().stream()
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
    miniature
        .pictures("a/train/good/0.png", "a/test/good/1.png", "a/test/bad/2.png")
        .masks("a/ground_truth/bad/2_mask.png");
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
    miniature
        .pictures("01/train/ok/0.bmp", "01/test/ok/1.bmp", "01/test/ko/2.bmp", "03/train/ok/0.bmp")
        .masks("01/ground_truth/ko/2.png", "03/ground_truth/ko/4.bmp")
        .pictures("03/test/ko/4.bmp");
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
    miniature
        .pictures("candle/Data/Images/Normal/0.JPG", "candle/Data/Images/Normal/1.JPG")
        .pictures("candle/Data/Images/Anomaly/2.JPG", "candle/Data/Images/Anomaly/3.JPG")
        .masks("candle/Data/Masks/Anomaly/2.png", "candle/Data/Masks/Anomaly/3.png")
        .text(
            "candle/image_anno.csv",
            "image,label,mask\n"
                + "candle/Data/Images/Anomaly/2.JPG,\"wax missing,wick\",candle/Data/Masks/Anomaly/2.png\n")
        .text(
            "split_csv/1cls.csv",
            "object,split,label,image,mask\n"
                + "candle,train,normal,candle/Data/Images/Normal/0.JPG,\n"
                + "candle,test,normal,candle/Data/Images/Normal/1.JPG,\n"
                + "candle,test,anomaly,candle/Data/Images/Anomaly/2.JPG,candle/Data/Masks/Anomaly/2.png\n"
                + "candle,test,anomaly,candle/Data/Images/Anomaly/3.JPG,candle/Data/Masks/Anomaly/3.png\n"
                + "candle,test,normal,candle/Data/Images/Normal/9.JPG,\n");
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
    miniature
        .pictures("1cls/pcb1/train/good/0.JPG", "1cls/pcb1/test/good/1.JPG")
        .pictures("1cls/pcb1/test/bad/2.JPG")
        .masks("1cls/pcb1/ground_truth/bad/2.png");
    read(new Visa(), Map.of());
    expect(
        "1cls/pcb1/train/good/0.JPG pcb1 TRAIN good NORMAL NORMAL",
        "1cls/pcb1/test/bad/2.JPG pcb1 TEST bad ANOMALOUS MASKS 1cls/pcb1/ground_truth/bad/2.png",
        "1cls/pcb1/test/good/1.JPG pcb1 TEST good NORMAL NORMAL");
    problems();
  }

  @Test
  void jsonLinesAsTheReferenceHasThem() {
    miniature
        .pictures("i/a/train/good/0.png", "i/a/test/good/1.png", "i/a/test/dent/2.png")
        .pictures("i/a/test/dent/3.png")
        .masks("i/a/truth/2.png")
        .text(
            "train.json",
            "{\"filename\": \"i/a/train/good/0.png\", \"label\": 0, \"clsname\": \"apple\"}\n\n")
        .text(
            "test.json",
            "{\"filename\": \"i/a/test/good/1.png\", \"label\": 0, \"label_name\": \"good\"}\n"
                + "{\"filename\": \"i/a/test/dent/2.png\", \"label\": 1, \"label_name\": \"dent\","
                + " \"maskname\": \"i/a/truth/2.png\", \"clsname\": \"apple\"}\n"
                + "{\"filename\": \"i/a/test/dent/3.png\", \"label\": 1, \"clsname\": \"apple\"}\n"
                + "{\"filename\": \"../secret.png\", \"label\": 1, \"clsname\": \"apple\"}\n"
                + "{\"filename\": \"i/a/test/dent/3.png\", \"label\": 1, \"clsname\": \"pear\"}\n"
                + "not json {\n");
    miniature.text("index.json", "{\"apple\": 0, \"a\": 1}");
    read(new JsonLines(), Map.of("class-index", "index.json"));
    expect(
        "i/a/train/good/0.png apple TRAIN good NORMAL NORMAL",
        "i/a/test/good/1.png a TEST good NORMAL NORMAL",
        "i/a/test/dent/2.png apple TEST dent ANOMALOUS MASKS i/a/truth/2.png",
        "i/a/test/dent/3.png apple TEST defective ANOMALOUS ALL_ANOMALOUS");
    assertEquals(
        "test.json line 4: '../secret.png' leads outside the data set's folder",
        data.problems().get(0).toString());
    assertEquals(
        "test.json line 5: the class 'pear' is not in the class index",
        data.problems().get(1).toString());
    assertTrue(data.problems().get(2).toString().startsWith("test.json line 6: is no JSON object"));
  }

  @Test
  void csvLists() {
    miniature
        .pictures("0.png", "1.png", "2.png", "3.png", "4.png")
        .masks("m/2.png", "m/2b.png")
        .text(
            "list.csv",
            "\uFEFFPath;Category;split;label;defect;mask\n"
                + "0.png;cap;train;normal;;\n"
                + "1.png;;;;;\n"
                + "2.png;cap;;;dent;\"m/2.png;m/2b.png\"\n"
                + "3.png;cap;validation;ok;;\n"
                + "4.png;cap;test;;;\n"
                + "5.png;cap;test;;;\n"
                + "/etc/passwd;cap;tset;;;\n"
                + "0.png;cap;tset;perhaps;;\n");
    read(new CsvList(), Map.of("list", "list.csv", "delimiter", ";", "category", "lid"));
    expect(
        "0.png cap TRAIN good NORMAL NORMAL",
        "1.png lid TEST  UNKNOWN UNKNOWN",
        "2.png cap TEST dent ANOMALOUS MASKS m/2.png;m/2b.png",
        "3.png cap VALIDATION good NORMAL NORMAL",
        "4.png cap TEST  UNKNOWN UNKNOWN",
        "0.png cap TEST  UNKNOWN UNKNOWN");
    problems(
        "ERROR list.csv line 7: the file '5.png' is missing",
        "ERROR list.csv line 8: '/etc/passwd' leads outside the data set's folder",
        "ERROR list.csv line 9: the split 'tset' is not train, validation or test",
        "ERROR list.csv line 9: the label 'perhaps' is not normal, anomalous or unknown");
  }

  @Test
  void mvtecAd2WithItsPrivateSets() {
    miniature
        .pictures("can/train/good/0_regular.png", "can/validation/good/1_regular.png")
        .pictures("can/test_public/good/2_regular.png", "can/test_public/bad/3_regular.png")
        .masks("can/test_public/ground_truth/bad/3_regular_mask.png")
        .pictures("can/test_private/4_regular.png", "can/test_private_mixed/5_mixed.png");
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
    assertEquals(6, data.pictures().size());
  }

  @Test
  void mvtecLocoWithSeveralMasksAndSaturations() {
    miniature
        .pictures("box/train/good/0.png", "box/validation/good/1.png", "box/test/good/2.png")
        .pictures("box/test/logical_anomalies/3.png", "box/test/structural_anomalies/4.png")
        .masks("box/ground_truth/logical_anomalies/3/000.png")
        .masks("box/ground_truth/logical_anomalies/3/001.png")
        .masks("box/ground_truth/logical_anomalies/7/000.png")
        .text(
            "box/defects_config.json",
            "[{\"defect_name\": \"missing_nut\", \"pixel_value\": 255, \"saturation_threshold\":"
                + " 6300, \"relative_saturation\": false}, {\"defect_name\": \"dent\","
                + " \"pixel_value\": 254, \"saturation_threshold\": 0.5, \"relative_saturation\":"
                + " true}]");
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
        "WARNING box/ground_truth/logical_anomalies/7: masks without a picture",
        "ERROR box/test/structural_anomalies/4.png: its masks"
            + " box/ground_truth/structural_anomalies/4/*.png are missing");
    assertEquals(
        List.of(
            new Saturation("box", "missing_nut", 255, 6300, false),
            new Saturation("box", "dent", 254, 0.5, true)),
        data.saturations());
  }

  @Test
  void aPartOfTheCategoriesKeepsWhatBelongsToIt() {
    String config = "[{\"pixel_value\": 255, \"saturation_threshold\": 7}]";
    for (String category : List.of("box", "cup")) {
      miniature
          .pictures(category + "/train/good/0.png", category + "/test/good/1.png")
          .masks(category + "/ground_truth/dents/3/000.png")
          .pictures(category + "/test/dents/4.png")
          .text(category + "/defects_config.json", config);
    }
    read(new MvtecLoco(), Map.of());
    data = data.only(List.of("cup"));
    assertEquals(List.of("cup"), data.categories());
    assertEquals(3, data.pictures().size());
    assertEquals(List.of(new Saturation("cup", "", 255, 7, false)), data.saturations());
    problems(
        "ERROR cup/test/dents/4.png: its masks cup/ground_truth/dents/4/*.png are missing",
        "WARNING cup/ground_truth/dents/3: masks without a picture");
  }

  @Test
  void realIadWithItsViews() {
    String ok = "\"OK/S0001/toy_0001_OK_C1_2023.jpg\"";
    String view2 = "\"OK/S0001/toy_0001_OK_C2_2023.jpg\"";
    String bad = "NG/AK/S0002/toy_0002_NG_AK_C1_2023";
    miniature
        .pictures("realiad_512/toy/OK/S0001/toy_0001_OK_C1_2023.jpg")
        .pictures("realiad_1024/toy/OK/S0001/toy_0001_OK_C1_2023.jpg")
        .pictures("realiad_1024/toy/OK/S0001/toy_0001_OK_C2_2023.jpg")
        .pictures("realiad_1024/toy/" + bad + ".jpg")
        .masks("realiad_1024/toy/" + bad + ".png")
        .text(
            "realiad_jsons/realiad_jsons/toy.json",
            "{\"meta\": {\"normal_class\": \"OK\", \"prefix\": \"toy/\"}, \"train\":"
                + " [{\"category\": \"toy\", \"anomaly_class\": \"OK\", \"image_path\": "
                + ok
                + ", \"mask_path\": null}, {\"anomaly_class\": \"OK\", \"image_path\": "
                + view2
                + ", \"mask_path\": null}], \"test\": [{\"anomaly_class\": \"AK\","
                + " \"image_path\": \""
                + bad
                + ".jpg\", \"mask_path\": \""
                + bad
                + ".png\"}]}");
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
    read(new RealIad(), Map.of("views", List.of("C1"), "pictures", "realiad_1024"));
    assertEquals(2, data.pictures().size());
  }

  @Test
  void dagmLeavesDefectiveTrainingPicturesOut() {
    miniature
        .pictures("Class1/Train/0001.PNG", "Class1/Train/0002.PNG", "Class1/Test/0003.PNG")
        .pictures("Class1/Test/0004.PNG")
        .masks("Class1/Train/Label/0002_label.PNG", "Class1/Test/Label/0004_label.PNG")
        .text("Class1/Test/Label/Labels.txt", "1");
    read(new Dagm(), Map.of());
    expect(
        "Class1/Train/0001.PNG Class1 TRAIN good NORMAL NORMAL",
        "Class1/Test/0003.PNG Class1 TEST good NORMAL NORMAL",
        "Class1/Test/0004.PNG Class1 TEST defect ANOMALOUS MASKS"
            + " Class1/Test/Label/0004_label.PNG");
    problems(
        "WARNING Class1/Train: 1 defective pictures are left out; 'defective-train: test' tests on"
            + " them");
    read(new Dagm(), Map.of("defective-train", "test"));
    assertEquals(4, data.pictures().size());
    problems();
  }

  @Test
  void kolektorSddLooksIntoItsLabels() {
    for (String unit : List.of("kos01", "kos02", "kos03")) {
      miniature.pictures(unit + "/Part0.jpg", unit + "/Part1.jpg");
      miniature.emptyMasks(unit + "/Part0_label.bmp").masks(unit + "/Part1_label.bmp");
    }
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
    miniature
        .pictures("train/10000.png", "train/10001.png", "test/20000.png", "test/20001.png")
        .pictures("test/20002.png")
        .emptyMasks("train/10000_GT.png", "test/20000_GT.png")
        .masks("train/10001_GT.png", "test/20001_GT.png");
    read(new KolektorSdd2(), Map.of());
    expect(
        "train/10000.png kolektor2 TRAIN good NORMAL NORMAL",
        "test/20000.png kolektor2 TEST good NORMAL NORMAL",
        "test/20001.png kolektor2 TEST defect ANOMALOUS MASKS test/20001_GT.png");
    problems(
        "WARNING train: 1 defective pictures are left out; 'defective-train: test' tests on them",
        "ERROR test/20002.png: its mask test/20002_GT.png is missing; left out");
  }

  @Test
  void bmadWithMasksAndWithout() {
    miniature
        .pictures("Brain/train/good/img/0.png", "Brain/valid/Ungood/img/1.png")
        .pictures("Brain/test/good/img/2.png", "Brain/test/Ungood/img/3.png")
        .masks("Brain/valid/Ungood/label/1.png", "Brain/test/Ungood/label/3.png")
        .pictures("Chest/train/good/0.png", "Chest/test/good/1.png", "Chest/test/Ungood/2.png");
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
