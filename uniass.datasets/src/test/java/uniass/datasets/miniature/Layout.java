/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.miniature;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A data set in one of the layouts, as small as can be trained and judged, with nothing wrong in
 * it.
 *
 * @param name of the layout
 * @param reader that reads it
 * @param settings of the reader, as an experiment has them
 * @param drawing draws it
 */
public record Layout(
    String name, String reader, Map<String, Object> settings, Consumer<Miniature> drawing) {

  /** All layouts; every reader is there. */
  public static List<Layout> all() {
    return List.of(
        of("mvtec-ad", Layout::mvtecAd),
        of("mpdd", Layout::mvtecAd),
        of("dtd-synthetic", Layout::dtdSynthetic),
        of("btad", Layout::btad),
        of("visa", Layout::visaPublished),
        new Layout("visa-converted", "visa", Map.of(), Layout::visaConverted),
        of("json-lines", Layout::jsonLines),
        new Layout(
            "csv",
            "csv",
            Map.of("list", "list.csv", "delimiter", ";", "category", "lid"),
            Layout::csv),
        of("folder", Layout::folder),
        of("mvtec-ad-2", Layout::mvtecAd2),
        of("mvtec-loco", Layout::mvtecLoco),
        of("real-iad", Layout::realIad),
        of("autovi", Layout::autoVi),
        of("vad", Layout::vad),
        of("mvtec-3d", Layout::mvtec3d),
        new Layout("kaputt", "kaputt", Map.of("masks", true), Layout::kaputt),
        of("dagm", Layout::dagm),
        new Layout("kolektor-sdd", "kolektor-sdd", Map.of("fold", 1), Layout::kolektorSdd),
        of("kolektor-sdd2", Layout::kolektorSdd2),
        of("bmad", Layout::bmad));
  }

  @Override
  public String toString() {
    return name;
  }

  private static Layout of(String reader, Consumer<Miniature> drawing) {
    return new Layout(reader, reader, Map.of(), drawing);
  }

  /** Draws the layout of that name. */
  public static void draw(String name, Miniature miniature) {
    for (Layout layout : all()) {
      if (layout.name.equals(name)) {
        layout.drawing.accept(miniature);
        return;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static void mvtecAd(Miniature m) {
    m.images("bottle/train/good/001.png", "bottle/train/good/000.png")
        .images("bottle/test/good/000.png", "bottle/test/crack/000.png")
        .masks("bottle/ground_truth/crack/000_mask.png")
        .text("license.txt", "text");
  }

  private static void dtdSynthetic(Miniature m) {
    m.images("a/train/good/0.png", "a/test/good/1.png", "a/test/bad/2.png")
        .masks("a/ground_truth/bad/2_mask.png");
  }

  private static void btad(Miniature m) {
    m.images("01/train/ok/0.bmp", "01/test/ok/1.bmp", "01/test/ko/2.bmp", "03/train/ok/0.bmp")
        .masks("01/ground_truth/ko/2.png", "03/ground_truth/ko/4.bmp")
        .images("03/test/ko/4.bmp");
  }

  private static void visaPublished(Miniature m) {
    String folder = "candle/Data/Images/";
    String masks = "candle/Data/Masks/Anomaly/";
    m.images(folder + "Normal/0.JPG", folder + "Normal/1.JPG")
        .images(folder + "Anomaly/2.JPG", folder + "Anomaly/3.JPG")
        .masks(masks + "2.png", masks + "3.png")
        .text(
            "candle/image_anno.csv",
            "image,label,mask\n"
                + (folder + "Anomaly/2.JPG,\"wax missing,wick\"," + masks + "2.png\n"))
        .text(
            "split_csv/1cls.csv",
            "object,split,label,image,mask\n"
                + ("candle,train,normal," + folder + "Normal/0.JPG,\n")
                + ("candle,test,normal," + folder + "Normal/1.JPG,\n")
                + ("candle,test,anomaly," + folder + "Anomaly/2.JPG," + masks + "2.png\n")
                + ("candle,test,anomaly," + folder + "Anomaly/3.JPG," + masks + "3.png\n"));
  }

  private static void visaConverted(Miniature m) {
    m.images("1cls/pcb1/train/good/0.JPG", "1cls/pcb1/test/good/1.JPG")
        .images("1cls/pcb1/test/bad/2.JPG")
        .masks("1cls/pcb1/ground_truth/bad/2.png");
  }

  private static void jsonLines(Miniature m) {
    m.images("i/a/train/good/0.png", "i/a/test/good/1.png", "i/a/test/dent/2.png")
        .images("i/a/test/dent/3.png")
        .masks("i/a/truth/2.png")
        .text(
            "train.json",
            "{\"filename\": \"i/a/train/good/0.png\", \"label\": 0, \"label_name\": \"good\"}\n\n")
        .text(
            "test.json",
            "{\"filename\": \"i/a/test/good/1.png\", \"label\": 0, \"label_name\": \"good\"}\n"
                + "{\"filename\": \"i/a/test/dent/2.png\", \"label\": 1, \"label_name\": \"dent\","
                + " \"maskname\": \"i/a/truth/2.png\", \"clsname\": \"a\"}\n"
                + "{\"filename\": \"i/a/test/dent/3.png\", \"label\": 1, \"clsname\": \"a\"}\n");
  }

  private static void csv(Miniature m) {
    m.images("0.png", "1.png", "2.png", "3.png", "4.png")
        .masks("m/2.png", "m/2b.png")
        .text(
            "list.csv",
            "\uFEFFPath;Category;split;label;defect;mask\n"
                + "0.png;cap;train;normal;;\n"
                + "1.png;;;good;;\n"
                + "2.png;cap;;;dent;\"m/2.png;m/2b.png\"\n"
                + "3.png;cap;validation;ok;;\n"
                + "4.png;cap;test;0;;\n");
  }

  private static void folder(Miniature m) {
    m.images("train/000.png", "train/good/001.png", "validation/good/002.png")
        .images("test/good/003.png", "test/dent/004.png", "test/dent/005.png", "test/006.png")
        .masks("ground_truth/dent/004.png", "ground_truth/dent/005_mask.png");
  }

  private static void mvtecAd2(Miniature m) {
    m.images("can/train/good/0_regular.png", "can/validation/good/1_regular.png")
        .images("can/test_public/good/2_regular.png", "can/test_public/bad/3_regular.png")
        .masks("can/test_public/ground_truth/bad/3_regular_mask.png")
        .images("can/test_private/4_regular.png", "can/test_private_mixed/5_mixed.png");
  }

  private static void mvtecLoco(Miniature m) {
    m.images("box/train/good/0.png", "box/validation/good/1.png", "box/test/good/2.png")
        .images("box/test/logical_anomalies/3.png")
        .masks("box/ground_truth/logical_anomalies/3/000.png")
        .masks("box/ground_truth/logical_anomalies/3/001.png")
        .text(
            "box/defects_config.json",
            "[{\"defect_name\": \"missing_nut\", \"pixel_value\": 255, \"saturation_threshold\":"
                + " 6300, \"relative_saturation\": false}, {\"defect_name\": \"dent\","
                + " \"pixel_value\": 254, \"saturation_threshold\": 0.5, \"relative_saturation\":"
                + " true}]");
  }

  private static void realIad(Miniature m) {
    String ok = "OK/S0001/toy_0001_OK_";
    String bad = "NG/AK/S0002/toy_0002_NG_AK_C1_2023";
    String entry = "{\"anomaly_class\": \"%s\", \"image_path\": \"%s\", \"mask_path\": %s}";
    String masked = "\"" + bad + ".png\"";
    m.images("realiad_512/toy/" + ok + "C1_2023.jpg")
        .images("realiad_1024/toy/" + ok + "C1_2023.jpg")
        .images("realiad_1024/toy/" + ok + "C2_2023.jpg")
        .images("realiad_1024/toy/" + bad + ".jpg")
        .masks("realiad_1024/toy/" + bad + ".png")
        .text(
            "realiad_jsons/realiad_jsons/toy.json",
            "{\"meta\": {\"normal_class\": \"OK\", \"prefix\": \"toy/\"}, \"train\": ["
                + entry.formatted("OK", ok + "C1_2023.jpg", null)
                + ", "
                + entry.formatted("OK", ok + "C2_2023.jpg", null)
                + "], \"test\": ["
                + entry.formatted("AK", bad + ".jpg", masked)
                + "]}");
  }

  private static void autoVi(Miniature m) {
    m.images("pipe_clip/train/good/0.png", "pipe_clip/test/good/1.png")
        .images("pipe_clip/test/unclipped/2.png")
        .masks("pipe_clip/ground_truth/unclipped/2/0000.png");
  }

  private static void vad(Miniature m) {
    m.images("vad/train/good/0.png", "vad/train/bad/1.png", "vad/test/good/2.png")
        .images("vad/test/bad/3.png")
        .masks("vad/ground_truth/bad/3.png");
  }

  private static void mvtec3d(Miniature m) {
    m.images("bagel/train/good/rgb/0.png", "bagel/validation/good/rgb/1.png")
        .images("bagel/test/good/rgb/2.png", "bagel/test/hole/rgb/3.png")
        .emptyMasks("bagel/test/good/gt/2.png")
        .masks("bagel/test/hole/gt/3.png");
  }

  private static void kaputt(Miniature m) {
    String head = "capture_id,defect,defect_types,item_material,query_image,query_mask\n";
    String name = "data/%s/query-data/image/%d.jpg";
    String row = "%d,%s,%s,paper," + name + ",data/%s/query-data/mask/%d.png\n";
    int number = 0;
    for (String split : new String[] {"train", "validation", "test"}) {
      int good = number++;
      int bad = number++;
      String table = head + row.formatted(good, "False", "", split, good, split, good);
      m.images("query-image/" + name.formatted(split, good));
      if (split.equals("test")) {
        table += row.formatted(bad, "True", "tear", split, bad, split, bad);
        m.images("query-image/" + name.formatted(split, bad))
            .masks("query-mask/data/%s/query-data/mask/%d.png".formatted(split, bad));
      }
      m.text("datasets/query-" + split + ".csv", table);
    }
    m.images("reference-image/data/train/9.jpg")
        .text(
            "datasets/reference-train.csv",
            "item_identifier,reference_image\nx,data/train/9.jpg\n");
  }

  private static void dagm(Miniature m) {
    m.images("Class1/Train/0001.PNG", "Class1/Train/0002.PNG", "Class1/Test/0003.PNG")
        .images("Class1/Test/0004.PNG")
        .masks("Class1/Train/Label/0002_label.PNG", "Class1/Test/Label/0004_label.PNG")
        .text("Class1/Test/Label/Labels.txt", "1");
  }

  private static void kolektorSdd(Miniature m) {
    for (String unit : List.of("kos01", "kos02", "kos03")) {
      m.images(unit + "/Part0.jpg", unit + "/Part1.jpg")
          .emptyMasks(unit + "/Part0_label.bmp")
          .masks(unit + "/Part1_label.bmp");
    }
  }

  private static void kolektorSdd2(Miniature m) {
    m.images("train/10000.png", "train/10001.png", "test/20000.png", "test/20001.png")
        .emptyMasks("train/10000_GT.png", "test/20000_GT.png")
        .masks("train/10001_GT.png", "test/20001_GT.png");
  }

  private static void bmad(Miniature m) {
    m.images("Brain/train/good/img/0.png", "Brain/valid/Ungood/img/1.png")
        .images("Brain/test/good/img/2.png", "Brain/test/Ungood/img/3.png")
        .masks("Brain/valid/Ungood/label/1.png", "Brain/test/Ungood/label/3.png")
        .images("Chest/train/good/0.png", "Chest/test/good/1.png", "Chest/test/Ungood/2.png");
  }
}
