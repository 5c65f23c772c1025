/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Problem;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Resize;
import uniass.api.data.Split;
import uniass.datasets.miniature.Miniature;

class CheckTest {

  @TempDir Path root;
  private final ImagesComponent service = new ImagesComponent(null, 0, 0);
  private final List<Image> images = new ArrayList<>();
  private Miniature miniature;

  @BeforeEach
  void draw() {
    miniature = new Miniature(root);
    for (int i = 0; i < 10; i++) {
      train(i + ".png", 40 + i);
    }
    miniature.draw("t/0.png", 8, 6, 100, true);
    miniature.draw("m/0.png", 8, 6, 0, true);
    images.add(Image.anomalous("t/0.png", "a", "dent", List.of("m/0.png")));
  }

  @AfterEach
  void close() {
    service.close();
  }

  private void train(String path, int gray) {
    miniature.photo(path, 8, 6, gray);
    images.add(Image.normal(path, "a", Split.TRAIN));
  }

  private List<String> check(ImageFormat format) {
    return service
        .check(new Dataset(root, images, List.of()), format, Optional.empty(), false, Progress.NONE)
        .stream()
        .map(p -> p.severity() + " " + p)
        .toList();
  }

  private List<String> check() {
    return check(ImageFormat.of(4, 4));
  }

  @Test
  void aCleanDataSetHasNoProblems() {
    assertEquals(List.of(), check());
  }

  @Test
  void everythingWrongIsFoundInOnePass() throws IOException {
    Files.write(root.resolve("3.png"), new byte[0]);
    Files.writeString(root.resolve("4.png"), "text");
    Files.copy(root.resolve("5.png"), root.resolve("t/same.png"));
    Files.copy(root.resolve("6.png"), root.resolve("t/bad.png"));
    images.add(Image.normal("t/same.png", "a", Split.TEST));
    images.add(Image.anomalous("t/bad.png", "a", "dent", List.of("m/0.png")));
    miniature.photo("t/1.png", 8, 6, 101).draw("m/1.png", 9, 6, 0, true);
    images.add(Image.anomalous("t/1.png", "a", "dent", List.of("m/1.png")));
    miniature.photo("t/2.png", 8, 6, 102).draw("m/2.png", 8, 6, 0, false);
    images.add(Image.anomalous("t/2.png", "a", "dent", List.of("m/2.png")));
    miniature.photo("t/3.png", 8, 6, 103).draw("m/3.png", 8, 6, 77, true);
    images.add(Image.anomalous("t/3.png", "a", "dent", List.of("m/3.png", "m/none.png")));
    train("T/2.PNG", 104);
    images.add(images.get(0));
    images.add(Image.anomalous("t/0.png", "b", "dent", List.of()));
    List<String> found = check();
    assertEquals(
        List.of(
            "ERROR 3.png: the file is empty (0 bytes)",
            "ERROR 4.png: not an image; PNG, JPEG, BMP, TIFF, GIF and lossless WebP are read",
            "ERROR m/1.png: the mask is 9 x 6 pixels (width x height), but its image is 8 x 6",
            "ERROR m/none.png: the file is missing",
            "WARNING m/3.png: the mask has 2 values (77, 255); those above 0 count as anomalous"
                + " (mask-threshold)",
            "WARNING m/3.png: the mask marks 100 % of the image as anomalous; has it lost its alpha"
                + " channel, or is it an empty mask, inverted?",
            "WARNING t/2.png: no pixel is anomalous at 4 x 4: the mask is empty, the defect too"
                + " small, or its values not above 0",
            "ERROR t/bad.png: the anomalous image is also a training image, 6.png; remove it"
                + " there",
            "WARNING t/same.png: duplicate of training image 5.png",
            "WARNING 0.png: the image is listed twice",
            "WARNING t/0.png: the image is listed twice",
            "WARNING T/2.PNG: differs only by case or Unicode form from t/2.png; some file"
                + " systems keep one of them",
            "ERROR category 'b': no training images",
            "WARNING category 'b': 1 of 1 anomalous test images have no mask and take no part in"
                + " pixel metrics"),
        found);
  }

  @Test
  void thresholdAndSizeAreTheFormats() {
    miniature.draw("m/0.png", 8, 6, 0, true);
    List<String> high = check(ImageFormat.of(4, 4).withMaskThreshold(255));
    assertTrue(high.get(0).contains("not above 255"), high.toString());
    List<String> none = check(ImageFormat.of(4, 4).withSize(4, 4, Resize.NONE));
    assertEquals(11, none.size());
    assertTrue(none.get(0).contains("the model takes 4 x 4"), none.get(0));
  }

  @Test
  void categoriesThatDifferByCaseAndSmallOnes() {
    images.add(Image.normal("1.png", "A", Split.TRAIN));
    List<String> found = check();
    assertTrue(found.contains("WARNING the categories 'A' and 'a' differ only by case"));
    assertTrue(
        found.contains("WARNING category 'A': only 1 training image; use at least a few dozen"));
  }

  @Test
  void itCanBeCanceledAndTellsHowFarItIs() {
    Progress canceled =
        new Progress() {
          @Override
          public void step(String task, long done, long total) {
            assertEquals(11, total);
          }

          @Override
          public boolean canceled() {
            return true;
          }
        };
    Dataset slow = new Dataset(root, images, List.of(Problem.warning("", "x")));
    ImagesComponent one = new ImagesComponent(null, 0, 1);
    try {
      one.check(slow, ImageFormat.of(4, 4), Optional.empty(), false, canceled);
    } catch (UniassException e) {
      assertEquals("the check was canceled", e.getMessage());
    } finally {
      one.close();
    }
    assertThrows(
        Exception.class,
        () -> one.check(slow, ImageFormat.of(4, 4), Optional.empty(), false, canceled),
        "closed");
  }

  /** Lists and checks 100,000 images, and prints the bytes that all of it keeps for each. */
  static final class Many {
    public static void main(String[] arguments) {
      int size = 100_000;
      long before = used();
      List<Image> many = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        String path = String.format("capsule/train/good/%06d.png", i);
        many.add(
            i % 4 > 0
                ? Image.normal(path, "capsule", Split.TRAIN)
                : Image.anomalous(path, "capsule", "crack", List.of(path + "_mask.png")));
      }
      Findings findings = new Findings();
      long[] hashes = new long[size];
      BitSet known = new BitSet();
      known.set(0, size);
      for (int i = 0; i < size; i++) {
        hashes[i] = i * 0x9E3779B97F4A7C15L;
        findings.add(Findings.Kind.UNREADABLE, i, many.get(i).path(), "broken");
      }
      NameTwins.check(many, findings);
      Duplicates.check(many, hashes, known, findings);
      System.out.println((used() - before) / size + " " + findings.problems().size());
      for (Object kept : List.of(many, hashes, known, findings)) {
        Reference.reachabilityFence(kept);
      }
    }
  }

  /** In a process of its own, whose heap holds nothing else. */
  @Test
  void aHundredThousandImagesNeedLessThan200BytesEach() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Many.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String[] figures = process.inputReader().readLine().split(" ");
    int each = Integer.parseInt(figures[0]);
    assertTrue(each > 100 && each < 200, each + " bytes per image");
    assertEquals("1001", figures[1], "of each kind of problem a thousand are kept");
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
