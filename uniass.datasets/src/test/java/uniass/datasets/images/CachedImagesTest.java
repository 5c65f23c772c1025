/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.UniassException;
import uniass.api.data.Batch;
import uniass.api.data.BatchOptions;
import uniass.api.data.DataLoader;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Normalization;
import uniass.api.data.Resize;
import uniass.api.data.Split;
import uniass.datasets.miniature.Miniature;

/** The cache never shows: what it returns is what the files hold now, made as asked now. */
class CachedImagesTest {

  private static final Normalization PLAIN =
      new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
  private static final ImageFormat FORMAT = ImageFormat.of(4, 4);

  @TempDir Path root;
  @TempDir Path cache;
  private ImagesComponent service;
  private Miniature miniature;

  @BeforeEach
  void open() {
    service = new ImagesComponent(cache, 1 << 20, 2);
    miniature = new Miniature(root);
  }

  @AfterEach
  void close() {
    service.close();
  }

  private float pixel(ImageFormat format) {
    BatchOptions options = new BatchOptions(format, PLAIN, 1, false, false);
    List<Image> one = List.of(Image.normal("a.png", "a", Split.TEST));
    try (DataLoader feed = service.sequence(root, one, options);
        Batch batch = feed.next()) {
      return batch.values().asFloatBuffer().get(15) * 255;
    }
  }

  private void draw(int gray, long seconds) throws IOException {
    miniature.draw("a.png", 8, 8, gray, false);
    Files.setLastModifiedTime(root.resolve("a.png"), FileTime.fromMillis(seconds * 1000));
  }

  @Test
  void aChangedFileIsReadAgain() throws IOException {
    draw(100, 1000);
    assertEquals(100, Math.round(pixel(FORMAT)));
    assertEquals(100, Math.round(pixel(FORMAT)));
    draw(50, 1001);
    assertEquals(50, Math.round(pixel(FORMAT)));
  }

  @Test
  void aFileThatChangesWithinOneTickOfTheClockIsReadAgain() throws IOException {
    long now = System.currentTimeMillis() / 1000;
    draw(101, now);
    assertEquals(101, Math.round(pixel(FORMAT)));
    draw(102, now);
    assertEquals(102, Math.round(pixel(FORMAT)));
  }

  @Test
  void eachWayOfResizingHasItsOwnEntry() throws IOException {
    miniature.draw("a.png", 9, 9, 40, true);
    ImageFormat linear = FORMAT.withSize(2, 2, Resize.LINEAR);
    ImageFormat area = FORMAT.withSize(2, 2, Resize.AREA);
    BatchOptions first = new BatchOptions(linear, PLAIN, 1, false, false);
    BatchOptions second = new BatchOptions(area, PLAIN, 1, false, false);
    List<Image> one = List.of(Image.normal("a.png", "a", Split.TEST));
    for (int round = 0; round < 2; round++) {
      try (DataLoader a = service.sequence(root, one, first);
          DataLoader b = service.sequence(root, one, second);
          Batch linearly = a.next();
          Batch byArea = b.next()) {
        assertEquals(255, Math.round(linearly.values().asFloatBuffer().get(0) * 255));
        assertEquals(136, Math.round(byArea.values().asFloatBuffer().get(0) * 255));
      }
    }
  }

  @Test
  void aCachedImageIsRefusedByALowerLimitAndAMissingFileIsMissing() throws IOException {
    draw(100, 1000);
    pixel(FORMAT);
    ImageFormat low = FORMAT.withMaximumPixels(63);
    String message = assertThrows(UniassException.class, () -> pixel(low)).getMessage();
    assertEquals("a.png: the header claims 8 x 8 pixels", message.substring(0, 37));
    Files.delete(root.resolve("a.png"));
    assertEquals(
        "a.png: the file is missing" + FeedTest.FIX,
        assertThrows(UniassException.class, () -> pixel(FORMAT)).getMessage());
  }

  @Test
  void aMasksSizeIsCheckedFromTheCacheToo() {
    miniature.draw("a.png", 8, 8, 100, false).draw("m.png", 9, 8, 0, true);
    List<Image> one = List.of(Image.anomalous("a.png", "a", "dent", List.of("m.png")));
    BatchOptions options = new BatchOptions(FORMAT, PLAIN, 1, true, false);
    for (int round = 0; round < 2; round++) {
      try (DataLoader feed = service.sequence(root, one, options)) {
        assertEquals(
            "m.png: the mask is 9 x 8 pixels (width x height), but its image is 8 x 8"
                + FeedTest.FIX,
            assertThrows(UniassException.class, feed::next).getMessage());
      }
    }
  }

  @Test
  void theFolderIsASetting() {
    assertTrue(CacheFolder.choose("", " ").endsWith("uniass/images"));
    assertEquals(Path.of("/fast"), CacheFolder.choose("", "/fast"));
    assertEquals(Path.of("/mine"), CacheFolder.choose("/mine", "off"));
    assertNull(CacheFolder.choose("", "off"));
    assertNull(CacheFolder.choose("off", null));
  }
}
