/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.UniassException;
import uniass.api.data.Augmentation;
import uniass.api.data.Batch;
import uniass.api.data.BatchOptions;
import uniass.api.data.DataLoader;
import uniass.api.data.Epoch;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Label;
import uniass.api.data.Mask;
import uniass.api.data.Normalization;
import uniass.api.data.Painting;
import uniass.api.data.PixelTruth;
import uniass.api.data.Pixels;
import uniass.api.data.Split;
import uniass.api.data.SyntheticAnomalies;
import uniass.api.data.SyntheticAnomalies.Synthetic;
import uniass.datasets.miniature.Miniature;

class FeedTest {

  static final String FIX = "; fix it, or continue without it: dataset.skip-unreadable: true";

  private static final Normalization PLAIN =
      new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
  private static final ImageFormat FORMAT = ImageFormat.of(4, 4).withMaximumPixels(1_000_000);

  @TempDir Path root;
  private final ImagesComponent images = new ImagesComponent(null, 0, 0);
  private final List<Image> train = new ArrayList<>();

  @BeforeEach
  void draw() {
    Miniature miniature = new Miniature(root);
    for (int i = 0; i < 7; i++) {
      miniature.draw("a/" + i + ".png", 4, 4, 30 * i + 10, true);
      train.add(Image.normal("a/" + i + ".png", "a", Split.TRAIN));
    }
    for (int i = 0; i < 3; i++) {
      miniature.draw("b/" + i + ".png", 4, 4, 30 * i + 20, true);
      train.add(Image.normal("b/" + i + ".png", "b", Split.TRAIN));
    }
  }

  @AfterEach
  void close() {
    images.close();
  }

  private static BatchOptions options(int batch, boolean masks, boolean skip) {
    return new BatchOptions(FORMAT, PLAIN, batch, masks, skip);
  }

  /** Paths and values of a whole feed, in order. */
  private static List<String> drain(DataLoader feed) {
    List<String> all = new ArrayList<>();
    try (feed) {
      for (Batch batch = feed.next(); batch != null; batch = feed.next()) {
        add(batch, all);
        batch.close();
      }
    }
    return all;
  }

  private static void add(Batch batch, List<String> all) {
    for (int i = 0; i < batch.size(); i++) {
      float[] values = new float[48];
      batch.values().asFloatBuffer().get(i * 48, values);
      all.add(batch.images().get(i).path() + Arrays.hashCode(values));
    }
  }

  private List<String> epoch(long seed, int epoch, int batch, Augmentation augmentation) {
    return drain(
        images.epoch(
            root,
            train,
            options(batch, false, false),
            new Epoch(epoch, seed, augmentation, false)));
  }

  private static final Augmentation EVERYTHING =
      new Augmentation(Set.of("a", "b"), Set.of("a", "b"), Set.of("a", "b"), 0.2);

  @Test
  void anEpochHasEveryImageOnceInAnOrderOfItsOwn() {
    List<String> first = epoch(1, 0, 3, Augmentation.NONE);
    assertEquals(10, new TreeSet<>(first).size());
    assertNotEquals(first, epoch(1, 1, 3, Augmentation.NONE));
    assertNotEquals(first, epoch(2, 0, 3, Augmentation.NONE));
    assertEquals(new TreeSet<>(first), new TreeSet<>(epoch(2, 7, 4, Augmentation.NONE)));
  }

  @Test
  void seedAndEpochDecideEverything() {
    assertEquals(epoch(133, 5, 3, EVERYTHING), epoch(133, 5, 3, EVERYTHING));
    assertEquals(epoch(133, 5, 3, EVERYTHING), epoch(133, 5, 10, EVERYTHING));
    assertNotEquals(epoch(133, 5, 3, EVERYTHING), epoch(133, 5, 3, Augmentation.NONE));
  }

  /** Marks the first pixel, and which numbers it drew. */
  private static final SyntheticAnomalies.Generator DOT =
      (image, others, random) -> {
        byte[] rgb = others.get().rgb().clone();
        rgb[0] = (byte) random.nextInt(256);
        byte[] mask = new byte[16];
        mask[0] = 1;
        return new Synthetic(new Pixels(4, 4, rgb), new Mask(4, 4, mask), "dot");
      };

  @Test
  void theFirstImagesOfEachBatchGetPaintedTwins() {
    List<String> plain = epoch(1, 0, 4, EVERYTHING);
    List<String> clean = new ArrayList<>();
    List<String> painted = new ArrayList<>();
    BatchOptions options = options(4, false, false).with(new Painting(DOT, 0.5, 7));
    try (DataLoader feed = images.epoch(root, train, options, new Epoch(0, 1, EVERYTHING, false))) {
      for (Batch batch = feed.next(); batch != null; batch = feed.next()) {
        Batch twins = batch.painted().orElseThrow();
        assertEquals((batch.size() + 1) / 2, twins.size());
        assertEquals(batch.images().subList(0, twins.size()), twins.images());
        twins.masks().forEach(mask -> assertTrue(mask.orElseThrow().at(0, 0)));
        add(batch, clean);
        add(twins, painted);
        batch.close();
      }
    }
    assertEquals(plain, clean, "what is painted changes nothing else");
    assertEquals(5, new TreeSet<>(painted).size());
  }

  @Test
  void twinsOfImagesThatCannotBeReadAreLeftOut() throws IOException {
    Files.writeString(root.resolve("a/0.png"), "no image");
    BatchOptions options = options(10, false, true).with(new Painting(DOT, 1, 7));
    try (DataLoader feed = images.sequence(root, train, options)) {
      Batch batch = feed.next();
      assertEquals(9, batch.size());
      assertEquals(batch.images(), batch.painted().orElseThrow().images());
      batch.close();
    }
  }

  /** Computed independently, in Python; if it changed, stored runs could not be resumed. */
  @Test
  void theOrderIsTheSameOnEveryMachine() {
    assertEquals(
        "[6, 9, 5, 4, 1, 3, 0, 8, 7, 2]", Arrays.toString(EpochOrder.of(train, 133, 2, false)));
  }

  @Test
  void balancedCategoriesAreEquallyOften() {
    Map<String, Integer> count = new HashMap<>();
    DataLoader feed =
        images.epoch(
            root, train, options(4, false, false), new Epoch(0, 3, Augmentation.NONE, true));
    for (String entry : drain(feed)) {
      count.merge(entry.substring(0, 7), 1, Integer::sum);
    }
    assertEquals(
        7,
        count.entrySet().stream()
            .filter(e -> e.getKey().startsWith("b"))
            .mapToInt(Map.Entry::getValue)
            .sum());
    assertEquals(
        7,
        count.entrySet().stream()
            .filter(e -> e.getKey().startsWith("a"))
            .mapToInt(Map.Entry::getValue)
            .sum());
    assertTrue(Collections.min(count.values()) >= 1, count.toString());
    assertTrue(Collections.max(count.values()) <= 3, count.toString());
  }

  @Test
  void sequencesKeepTheOrderAndTheShortLastBatch() {
    try (DataLoader feed = images.sequence(root, train, options(4, true, false))) {
      assertEquals(3, feed.batches());
      feed.next().close();
      feed.next().close();
      Batch last = feed.next();
      assertEquals(List.of("b/1.png", "b/2.png"), last.images().stream().map(Image::path).toList());
      assertEquals(2 * 48, last.values().asFloatBuffer().capacity());
      assertEquals(1f, last.values().asFloatBuffer().get(0));
      assertEquals(50 / 255f, last.values().asFloatBuffer().get(15));
      assertArrayEquals(new byte[16], last.masks().get(0).orElseThrow().values());
      assertNull(feed.next());
    }
  }

  private Image test(String path, PixelTruth truth, String... masks) {
    return new Image(path, "a", Split.TEST, "dent", Label.ANOMALOUS, truth, List.of(masks));
  }

  @Test
  void masksAreMergedAndTruthWithoutMasksIsKept() {
    new Miniature(root).draw("m/0.png", 4, 4, 0, true).draw("m/1.png", 4, 4, 0, false);
    List<Image> all =
        List.of(
            test("a/0.png", PixelTruth.MASKS, "m/0.png", "m/1.png"),
            test("a/1.png", PixelTruth.ALL_ANOMALOUS),
            test("a/2.png", PixelTruth.UNKNOWN));
    try (DataLoader feed = images.sequence(root, all, options(3, true, false));
        Batch batch = feed.next()) {
      assertArrayEquals(
          new byte[] {1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0},
          batch.masks().get(0).orElseThrow().values());
      assertEquals(1, batch.masks().get(1).orElseThrow().values()[15]);
      assertTrue(batch.masks().get(2).isEmpty());
    }
  }

  @Test
  void aMaskOfAnotherSizeIsNamed() {
    new Miniature(root).draw("m/0.png", 5, 4, 0, true);
    List<Image> all = List.of(test("a/0.png", PixelTruth.MASKS, "m/0.png"));
    try (DataLoader feed = images.sequence(root, all, options(1, true, false))) {
      UniassException e = assertThrows(UniassException.class, feed::next);
      assertEquals(
          "m/0.png: the mask is 5 x 4 pixels (width x height), but its image is 4 x 4" + FIX,
          e.getMessage());
    }
  }

  @Test
  void unreadableImagesAreNamedOrLeftOut() throws IOException {
    Files.write(root.resolve("a/1.png"), new byte[0]);
    byte[] whole = Files.readAllBytes(root.resolve("a/3.png"));
    Files.write(root.resolve("a/3.png"), Arrays.copyOf(whole, whole.length - 20));
    Files.delete(root.resolve("b/0.png"));
    try (DataLoader feed = images.sequence(root, train, options(2, false, false))) {
      UniassException e = assertThrows(UniassException.class, feed::next);
      assertEquals("a/1.png: the file is empty (0 bytes)" + FIX, e.getMessage());
    }
    List<String> rest = new ArrayList<>();
    List<Float> corners = new ArrayList<>();
    try (DataLoader feed = images.sequence(root, train, options(4, false, true))) {
      for (Batch batch = feed.next(); batch != null; batch = feed.next()) {
        for (int i = 0; i < batch.size(); i++) {
          rest.add(batch.images().get(i).path());
          corners.add(batch.values().asFloatBuffer().get(i * 48 + 15) * 255);
        }
        batch.close();
      }
    }
    assertEquals(
        List.of("a/0.png", "a/2.png", "a/4.png", "a/5.png", "a/6.png", "b/1.png", "b/2.png"), rest);
    assertEquals(
        List.of(10f, 70f, 130f, 160f, 190f, 50f, 80f),
        corners.stream().map(v -> (float) Math.round(v)).toList());
  }

  @Test
  void namesCannotLeadOutside() {
    List<Image> all = List.of(Image.normal("../x.png", "a", Split.TEST));
    try (DataLoader feed = images.sequence(root, all, options(1, true, false))) {
      assertEquals(
          "../x.png: leads outside the data set's folder" + FIX,
          assertThrows(UniassException.class, feed::next).getMessage());
    }
  }
}
