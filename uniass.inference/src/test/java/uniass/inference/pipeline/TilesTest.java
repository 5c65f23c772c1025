/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.Problem;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Batch;
import uniass.api.data.BatchOptions;
import uniass.api.data.DataLoader;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Normalization;
import uniass.api.data.Pixels;
import uniass.api.data.Resize;
import uniass.api.data.Split;
import uniass.api.data.Tile;
import uniass.api.data.Tiling;
import uniass.datasets.images.ImagesComponent;
import uniass.datasets.miniature.Miniature;

class TilesTest {

  @TempDir Path folder;

  @Test
  void tilesCoverEveryPixelWithTheOverlap() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      int size = 1 + random.nextInt(60);
      Tiling tiling = new Tiling(size, random.nextInt(size));
      int height = 1 + random.nextInt(200);
      int width = 1 + random.nextInt(200);
      List<Tile> tiles = tiling.tiles(height, width);
      int[] rowEnds =
          tiles.stream().filter(t -> t.x() == 0).mapToInt(t -> t.y() + t.height()).toArray();
      int[] rowStarts = tiles.stream().filter(t -> t.x() == 0).mapToInt(Tile::y).toArray();
      assertEquals(0, rowStarts[0]);
      for (int i = 1; i < rowStarts.length; i++) {
        assertTrue(rowEnds[i - 1] - rowStarts[i] >= tiling.overlap(), tiling + " of " + height);
        assertTrue(rowStarts[i] > rowStarts[i - 1]);
      }
      assertEquals(height, rowEnds[rowEnds.length - 1]);
      Tile last = tiles.get(tiles.size() - 1);
      assertTrue(last.isLast());
      assertEquals(1, tiles.stream().filter(Tile::isLast).count());
      assertEquals(width, last.x() + last.width());
    }
  }

  @Test
  void mapsOfTilesThatAgreeGiveTheMapItself() {
    int height = 61;
    int width = 83;
    Random random = new Random(1);
    float[] map = new float[height * width];
    for (int i = 0; i < map.length; i++) {
      map[i] = random.nextFloat();
    }
    List<Tile> tiles = new Tiling(24, 7).tiles(height, width);
    TiledMap whole = new TiledMap(tiles.get(3));
    for (Tile tile : tiles) {
      float[] part = new float[tile.height() * tile.width()];
      for (int y = 0; y < tile.height(); y++) {
        System.arraycopy(
            map, (tile.y() + y) * width + tile.x(), part, y * tile.width(), tile.width());
      }
      whole.add(tile, new AnomalyMap(tile.height(), tile.width(), part));
    }
    assertTrue(whole.isComplete());
    assertArrayEquals(map, whole.joined().values(), 1e-6f);
  }

  @Test
  void tilesThatDisagreeShowNoSeams() {
    int side = 200;
    int overlap = 20;
    List<Tile> tiles = new Tiling(80, overlap).tiles(side, side);
    TiledMap whole = new TiledMap(tiles.get(0));
    for (Tile tile : tiles) {
      float value = (tile.index() * 7) % 5 / 4f;
      whole.add(tile, new AnomalyMap(2, 2, new float[] {value, value, value, value}));
    }
    float[] map = whole.joined().values();
    float largest = 0;
    for (int y = 0; y < side; y++) {
      for (int x = 1; x < side; x++) {
        largest = Math.max(largest, Math.abs(map[y * side + x] - map[y * side + x - 1]));
        largest = Math.max(largest, Math.abs(map[x * side + y] - map[(x - 1) * side + y]));
      }
    }
    assertTrue(largest > 0 && largest <= 1.1f / overlap, "step of " + largest);
  }

  @Test
  void smallMapsAreEnlargedLinearly() {
    Tile only = new Tiling(8, 2).tiles(8, 8).get(0);
    TiledMap whole = new TiledMap(only);
    assertThrows(IllegalStateException.class, whole::joined);
    AnomalyMap small = new AnomalyMap(2, 2, new float[] {0, 1, 0, 1});
    whole.add(only, small);
    float[] row = java.util.Arrays.copyOf(whole.joined().values(), 8);
    assertArrayEquals(new float[] {0, 0, 0.125f, 0.375f, 0.625f, 0.875f, 1, 1}, row, 1e-6f);
    assertThrows(IllegalArgumentException.class, () -> whole.add(only, small));
  }

  private byte[] noise(String name, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(9);
    byte[] rgb = new byte[width * height * 3];
    random.nextBytes(rgb);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(
          i % width,
          i / width,
          (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | rgb[3 * i + 2] & 0xFF);
    }
    ImageIO.write(image, "png", folder.resolve(name).toFile());
    return rgb;
  }

  @Test
  void feedsDeliverTilesCachedOrNot() throws IOException {
    byte[] rgb = noise("a.png", 50, 40);
    new Miniature(folder).draw("m.png", 50, 40, 0, true);
    ImageFormat format = ImageFormat.of(16, 16);
    List<Image> images = List.of(Image.anomalous("a.png", "a", "dent", List.of("m.png")));
    Normalization plain = new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    BatchOptions options = new BatchOptions(format, plain, 2, true, false);
    List<List<String>> results = new ArrayList<>();
    for (Path cache : new Path[] {null, folder.resolve("cache"), folder.resolve("cache")}) {
      ImagesComponent service = new ImagesComponent(cache, 10 << 20, 2);
      List<Image> tiles = service.tiles(folder, images, new Tiling(16, 4), 1_000_000, false);
      assertEquals(4 * 3, tiles.size());
      List<String> result = new ArrayList<>();
      try (DataLoader feed = service.sequence(folder, tiles, options)) {
        for (Batch batch = feed.next(); batch != null; batch = feed.next()) {
          for (int i = 0; i < batch.size(); i++) {
            Tile tile = batch.images().get(i).tile();
            float[] values = new float[3 * 256];
            batch.values().asFloatBuffer().get(i * values.length, values);
            int corner = (tile.y() * 50 + tile.x()) * 3;
            assertEquals((rgb[corner] & 0xFF) / 255f, values[0]);
            assertEquals((rgb[corner + 3 + 1] & 0xFF) / 255f, values[256 + 1]);
            assertEquals(
                tile.y() == 0 && tile.x() == 0 ? 1 : 0,
                batch.masks().get(i).orElseThrow().values()[0]);
            result.add(tile.index() + " " + java.util.Arrays.hashCode(values));
          }
          batch.close();
        }
      }
      results.add(result);
      service.close();
    }
    assertEquals(results.get(0), results.get(1));
    assertEquals(results.get(0), results.get(2));
  }

  @Test
  void aImageThatChangedItsSizeIsNamed() throws IOException {
    noise("a.png", 50, 40);
    ImagesComponent service = new ImagesComponent(null, 0, 1);
    List<Image> images =
        List.of(
            Image.normal("a.png", "a", Split.TRAIN), Image.normal("none.png", "a", Split.TRAIN));
    List<Image> tiles = service.tiles(folder, images, new Tiling(32, 0), 10_000, true);
    assertEquals(4, tiles.size());
    noise("a.png", 60, 40);
    BatchOptions options =
        new BatchOptions(ImageFormat.of(16, 16), Normalization.IMAGENET, 2, false, false);
    try (DataLoader feed = service.sequence(folder, tiles, options)) {
      assertEquals(
          "a.png: is 60 x 40 pixels (width x height), but its tiles were laid out for 50 x 40;"
              + " fix it, or continue without it: dataset.skip-unreadable: true",
          assertThrows(UniassException.class, feed::next).getMessage());
    }
    service.close();
  }

  @Test
  void theHeadersSizeIsUpright() throws IOException {
    noise("a.png", 50, 40);
    Files.copy(folder.resolve("a.png"), folder.resolve("b.png"));
    ImagesComponent service = new ImagesComponent(null, 0, 1);
    Pixels pixels = service.decode(folder.resolve("b.png"), ImageFormat.of(16, 16));
    Tile only =
        service
            .tiles(
                folder,
                List.of(Image.normal("b.png", "a", Split.TEST)),
                new Tiling(64, 0),
                10_000,
                false)
            .get(0)
            .tile();
    assertEquals(pixels.height(), only.imageHeight());
    assertEquals(pixels.width(), only.imageWidth());
    service.close();
  }

  @Test
  void aCheckLooksAtTilesAndAtMasksOfTheirOwnSize() throws IOException {
    noise("a.png", 50, 40);
    noise("same.png", 50, 40);
    new Miniature(folder)
        .draw("m.png", 50, 40, 0, true)
        .draw("small.png", 40, 40, 0, true)
        .draw("black.png", 50, 40, 0, false);
    ImagesComponent service = new ImagesComponent(folder.resolve("cache"), 10 << 20, 2);
    ImageFormat format = ImageFormat.of(16, 16).withSize(16, 16, Resize.NONE);
    List<Image> images =
        List.of(
            Image.normal("a.png", "a", Split.TRAIN),
            Image.normal("same.png", "a", Split.TEST),
            Image.anomalous("b.png", "a", "dent", List.of("m.png")),
            Image.anomalous("c.png", "a", "dent", List.of("small.png")),
            Image.anomalous("d.png", "a", "dent", List.of("black.png")));
    for (String name : List.of("b", "c", "d")) {
      new Miniature(folder).photo(name + ".png", 50, 40, name.charAt(0));
    }
    List<String> found =
        service
            .check(
                new Dataset(folder, images, List.of()),
                format,
                Optional.of(new Tiling(16, 4)),
                false,
                Progress.NONE)
            .stream()
            .map(Problem::toString)
            .toList();
    service.close();
    assertEquals(
        List.of(
            "small.png: the mask is 40 x 40 pixels (width x height), but its image is 50 x 40",
            "d.png: no pixel is anomalous: the mask is empty, the defect too small, or its values"
                + " not above 0",
            "same.png: duplicate of training image a.png",
            "category 'a': only 1 training image; use at least a few dozen"),
        found);
  }
}
