/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.data.Dataset;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Label;
import uniass.api.data.PixelTruth;
import uniass.api.data.Split;
import uniass.datasets.miniature.Miniature;

/** What files say that their owners may not know: it is said once, in few lines, with numbers. */
class DataTrustTest {

  private static final int SIDE = 16;
  private static final ImageFormat FORMAT = ImageFormat.of(SIDE, SIDE);

  @TempDir Path root;
  private final ImagesComponent service = new ImagesComponent(null, 0, 0);
  private final List<Image> images = new ArrayList<>();
  private Miniature miniature;

  @BeforeEach
  void draw() {
    miniature = new Miniature(root);
    for (int i = 0; i < 10; i++) {
      miniature.photo(i + ".png", SIDE, SIDE, 40 + i);
      images.add(Image.normal(i + ".png", "a", Split.TRAIN));
    }
  }

  @AfterEach
  void close() {
    service.close();
  }

  /** Adds an anomalous image with a mask, which the caller writes. */
  private Path mask(int number) {
    miniature.photo("t/" + number + ".png", SIDE, SIDE, 100 + number);
    String mask = "m/" + number + ".png";
    images.add(Image.anomalous("t/" + number + ".png", "a", "dent", List.of(mask)));
    root.resolve("m").toFile().mkdirs();
    return root.resolve(mask);
  }

  private List<String> check(ImageFormat format, boolean skip) {
    return service
        .check(new Dataset(root, images, List.of()), format, Optional.empty(), skip, Progress.NONE)
        .stream()
        .map(p -> p.severity() + " " + p)
        .toList();
  }

  private List<String> check() {
    return check(FORMAT, false);
  }

  private static void write(Path file, int type, IntBinaryOperator pixel) {
    write(file, new BufferedImage(SIDE, SIDE, type), pixel);
  }

  private static void write(Path file, BufferedImage image, IntBinaryOperator pixel) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, pixel.applyAsInt(x, y));
      }
    }
    save(file, image);
  }

  private static void save(Path file, BufferedImage image) {
    try {
      String name = file.toString();
      assertTrue(ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean inSquare(int x, int y) {
    return x >= 3 && x < 7 && y >= 3 && y < 7;
  }

  private int marked(String mask) {
    Image image = Image.anomalous("t/0.png", "a", "dent", List.of(mask));
    int count = 0;
    for (byte value : service.mask(root, image, FORMAT, true).orElseThrow().values()) {
      count += value;
    }
    return count;
  }

  @Test
  void anInvertedMaskIsNamedWithItsShareAndTheRestIsCounted() {
    for (int i = 0; i < 5; i++) {
      write(mask(i), BufferedImage.TYPE_BYTE_GRAY, (x, y) -> inSquare(x, y) ? 0 : 0xFFFFFF);
    }
    String line =
        "WARNING m/%d.png: the mask marks 94 %% of the image as anomalous; is it inverted? Black"
            + " must be what is normal";
    assertEquals(
        List.of(
            line.formatted(0),
            line.formatted(1),
            line.formatted(2),
            "WARNING and 2 more like the one before"),
        check());
    assertEquals(
        List.of(line.formatted(0), "WARNING and 4 more like the one before"),
        service.checkMasks(root, images, List.of(0), 1_000_000).stream()
            .map(p -> p.severity() + " " + p)
            .toList());
  }

  @Test
  void theImageItselfALabelImageAndAFullMaskHaveOtherCauses() {
    write(mask(0), BufferedImage.TYPE_BYTE_GRAY, (x, y) -> (40 + 8 * x + y) * 0x010101);
    BufferedImage labels = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < SIDE * SIDE; i++) {
      labels.getRaster().setSample(i % SIDE, i / SIDE, 0, i % SIDE / 4);
    }
    save(mask(1), labels);
    write(mask(2), BufferedImage.TYPE_BYTE_GRAY, (x, y) -> 0xFFFFFF);
    List<String> found = check();
    assertTrue(found.contains(share(0, 100, "is it the image itself, or a heat map?")), "" + found);
    assertTrue(
        found.contains(share(1, 75, "is it a label image, whose labels all count?")), "" + found);
    assertTrue(
        found.contains(
            share(2, 100, "has it lost its alpha channel, or is it an empty mask, inverted?")),
        "" + found);
  }

  private static String share(int mask, int percent, String cause) {
    return "WARNING m/"
        + mask
        + ".png: the mask marks "
        + percent
        + " % of the image as anomalous; "
        + cause;
  }

  @Test
  void aPlausibleMaskIsNoNews() {
    write(mask(0), BufferedImage.TYPE_BYTE_GRAY, (x, y) -> inSquare(x, y) ? 0xFFFFFF : 0);
    write(mask(1), BufferedImage.TYPE_BYTE_BINARY, (x, y) -> x < 8 ? 0xFFFFFF : 0);
    assertEquals(List.of(), check());
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFFFFFF, 0x000000, 0x7F7F7F})
  void theAlphaChannelDecidesIfColorsAreAllTheSame(int color) {
    write(
        mask(0), BufferedImage.TYPE_INT_ARGB, (x, y) -> (inSquare(x, y) ? 0xFF000000 : 0) | color);
    assertEquals(16, marked("m/0.png"));
    assertEquals(
        List.of(
            "WARNING m/0.png: the mask's colors are all the same, so its alpha channel decides what"
                + " is anomalous"),
        check());
  }

  @Test
  void soItIsForPalettesAndInOtherFormats() {
    byte[] black = {0, 0};
    IndexColorModel palette =
        new IndexColorModel(1, 2, black, black, black, new byte[] {0, (byte) 0xFF});
    BufferedImage indexed = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_BINARY, palette);
    for (int i = 0; i < SIDE * SIDE; i++) {
      int x = i % SIDE;
      indexed.getRaster().setSample(x, i / SIDE, 0, inSquare(x, i / SIDE) ? 1 : 0);
    }
    save(mask(0), indexed);
    assertEquals(16, marked("m/0.png"));
    mask(1);
    write(
        root.resolve("m/1.tiff"),
        BufferedImage.TYPE_4BYTE_ABGR,
        (x, y) -> inSquare(x, y) ? 0xFFFFFFFF : 0x00FFFFFF);
    assertEquals(16, marked("m/1.tiff"));
  }

  /** Pillow wrote them: white everywhere, a square of 16 pixels that is not transparent. */
  @ParameterizedTest
  @ValueSource(strings = {"alpha-mask.webp", "alpha-mask.gif", "alpha-mask.bmp"})
  void soItIsInFilesOfOtherPrograms(String name) throws IOException {
    mask(0);
    try (InputStream file = DataTrustTest.class.getResourceAsStream(name)) {
      Files.copy(file, root.resolve("m").resolve(name));
    }
    assertEquals(16, marked("m/" + name));
  }

  /** The fourth byte of such a pixel means nothing, to Pillow as well. */
  @Test
  void anUnusedByteOfABmpIsNoAlphaChannel() throws IOException {
    mask(0);
    try (InputStream file = DataTrustTest.class.getResourceAsStream("unused-alpha-mask.bmp")) {
      Files.copy(file, root.resolve("m/0.bmp"));
    }
    assertEquals(SIDE * SIDE, marked("m/0.bmp"));
  }

  @Test
  void colorsDecideWhereTheyDifferAndAContradictionIsRefused() {
    write(mask(0), BufferedImage.TYPE_INT_ARGB, (x, y) -> inSquare(x, y) ? 0xFFFFFFFF : 0x00000000);
    assertEquals(16, marked("m/0.png"));
    assertEquals(List.of(), check());
    write(
        root.resolve("m/0.png"),
        BufferedImage.TYPE_INT_ARGB,
        (x, y) -> x < 8 ? 0xFF000000 : 0x00FFFFFF);
    assertEquals(
        "m/0.png: the mask's colors mark pixels that its alpha channel hides; save it without"
            + " transparency",
        assertThrows(UniassException.class, () -> marked("m/0.png")).getMessage());
  }

  @Test
  void imagesWithTransparencyAreNamedOnce() {
    for (int i = 0; i < 3; i++) {
      int gray = 60 + i;
      write(
          root.resolve(i + ".png"),
          BufferedImage.TYPE_INT_ARGB,
          (x, y) -> (x > 3 ? 0xFF000000 : 0x80000000) | (gray + 4 * y) * 0x010101);
    }
    write(mask(0), BufferedImage.TYPE_BYTE_GRAY, (x, y) -> inSquare(x, y) ? 0xFFFFFF : 0);
    assertEquals(
        List.of(
            "WARNING 0.png: the image has transparent pixels; their hidden colors are used as they"
                + " are",
            "WARNING and 2 more like the one before"),
        check());
  }

  private void deep(String name, int most) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < SIDE * SIDE; i++) {
      image.getRaster().setSample(i % SIDE, i / SIDE, 0, most * (i % SIDE + 1) / SIDE);
    }
    save(root.resolve(name), image);
  }

  @Test
  void bitsThatAreNotUsedAreCountedAndASettingStretchesThem() throws IOException {
    write(mask(0), BufferedImage.TYPE_BYTE_GRAY, (x, y) -> inSquare(x, y) ? 0xFFFFFF : 0);
    for (int i = 0; i < 10; i++) {
      deep(i + ".png", 4095 - i);
    }
    assertEquals(
        List.of(
            "WARNING the largest value in 10 images of 16 bits is 4095, so that only 16 of 256"
                + " levels are used; set dataset.depth: 12"),
        check());
    assertEquals(List.of(), check(FORMAT.withDepth(12), false));
    byte[] plain = service.decode(root.resolve("0.png"), FORMAT).rgb();
    byte[] stretched = service.decode(root.resolve("0.png"), FORMAT.withDepth(12)).rgb();
    assertEquals(15, plain[plain.length - 1] & 0xFF);
    assertEquals(255, stretched[stretched.length - 1] & 0xFF);
    assertEquals(4095 / 16 >> 4, stretched[0] & 0xFF);
    deep("0.tiff", 4095);
    byte[] tiff = service.decode(root.resolve("0.tiff"), FORMAT.withDepth(12)).rgb();
    assertEquals(255, tiff[tiff.length - 1] & 0xFF);
    assertEquals(
        "WARNING depth 10 is too small: the largest value in 10 images of 16 bits is 4095, and"
            + " what is above 1023 becomes white",
        check(FORMAT.withDepth(10), false).get(0));
    byte[] white = service.decode(root.resolve("0.png"), FORMAT.withDepth(10)).rgb();
    assertEquals(255, white[white.length - 1] & 0xFF);
  }

  @Test
  void unusedBitsAreTheCauseThatIsNamedAndNotTheirEffect() {
    write(mask(0), BufferedImage.TYPE_BYTE_GRAY, (x, y) -> inSquare(x, y) ? 0xFFFFFF : 0);
    for (int i = 0; i < 10; i++) {
      deep(i + ".png", 1000 - i); // 4 of 256 levels: dark and flat, too
    }
    assertEquals(
        List.of(
            "WARNING the largest value in 10 images of 16 bits is 1000, so that only 4 of 256"
                + " levels are used; set dataset.depth: 10"),
        check());
  }

  @Test
  void imagesOfTwoDepthsAreNotWellWithoutAWord() throws IOException {
    write(mask(0), BufferedImage.TYPE_BYTE_GRAY, (x, y) -> inSquare(x, y) ? 0xFFFFFF : 0);
    for (int i = 0; i < 10; i++) {
      deep(i + ".png", i == 3 ? 65535 : 1023);
    }
    assertEquals(
        List.of(
            "WARNING 9 of 10 images of 16 bits use no more than 10 bits, and the others more, so"
                + " that the former are dark beside them; write all of them in one way, if light is"
                + " not the cause"),
        check());
  }

  @Test
  void aDepthLeavesEightBitsAndMasksAlone() {
    byte[] before = service.decode(root.resolve("0.png"), FORMAT).rgb();
    assertArrayEquals(before, service.decode(root.resolve("0.png"), FORMAT.withDepth(8)).rgb());
    deep("m.png", 300);
    Image image = Image.anomalous("0.png", "a", "dent", List.of("m.png"));
    byte[] whole = service.mask(root, image, FORMAT, true).orElseThrow().values();
    byte[] stretched = service.mask(root, image, FORMAT.withDepth(12), true).orElseThrow().values();
    assertArrayEquals(whole, stretched);
  }

  @Test
  void darkAndFlatImagesAreNamed() {
    write(mask(0), BufferedImage.TYPE_BYTE_GRAY, (x, y) -> inSquare(x, y) ? 0xFFFFFF : 0);
    write(root.resolve("0.png"), BufferedImage.TYPE_INT_RGB, (x, y) -> (x + 2) * 0x010101);
    write(root.resolve("1.png"), BufferedImage.TYPE_INT_RGB, (x, y) -> 0);
    write(root.resolve("2.png"), BufferedImage.TYPE_INT_RGB, (x, y) -> 0xFF0000 + x % 3);
    assertEquals(
        List.of(
            "WARNING 0.png: nearly black: the largest value is 17 of 255",
            "WARNING 1.png: nearly constant: all values are from 0 to 0",
            "WARNING 2.png: nearly constant: all values are from 0 to 255"),
        check());
  }

  private static byte[] jpeg(int width, int height, int orientation) throws IOException {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        image.setRGB(x, y, 10 * x * 0x010101);
      }
    }
    ImageIO.write(image, "jpg", out);
    byte[] plain = out.toByteArray();
    byte[] exif = {
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      18,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    byte[] turned = new byte[plain.length + exif.length];
    System.arraycopy(plain, 0, turned, 0, 2);
    System.arraycopy(exif, 0, turned, 2, exif.length);
    System.arraycopy(plain, 2, turned, 2 + exif.length, plain.length - 2);
    return turned;
  }

  @Test
  void exifIsNamedWhereMaskAndImageDifferByARotation() throws IOException {
    miniature.draw("m/0.png", 20, 12, 0, true);
    Files.write(root.resolve("turned.jpg"), jpeg(20, 12, 6));
    images.add(Image.anomalous("turned.jpg", "a", "dent", List.of("m/0.png")));
    assertEquals(
        "ERROR m/0.png: the mask is 20 x 12 pixels (width x height), but its image is 12 x 20; EXIF"
            + " turns the image (orientation 6) and not the mask; draw the mask on the upright"
            + " image",
        check().get(0));
    Files.write(root.resolve("turned.jpg"), jpeg(20, 12, 3));
    assertEquals(
        List.of(
            "WARNING turned.jpg: EXIF turns the image or its mask (orientations 3 and 1); make sure"
                + " that the mask was drawn on the upright image"),
        check());
    Files.write(root.resolve("turned.jpg"), jpeg(12, 20, 1));
    assertTrue(check().get(0).endsWith("12 x 20; one of them is turned by 90 degrees"));
  }

  @Test
  void whatIsLeftOutOnPurposeIsAWarningWithATotal() throws IOException {
    write(mask(0), BufferedImage.TYPE_BYTE_GRAY, (x, y) -> inSquare(x, y) ? 0xFFFFFF : 0);
    Files.writeString(root.resolve("3.png"), "text");
    Files.writeString(mask(1), "text");
    List<String> strict = check();
    assertEquals(2, strict.stream().filter(line -> line.startsWith("ERROR")).count());
    List<String> lenient = check(FORMAT, true);
    assertEquals(0, lenient.stream().filter(line -> line.startsWith("ERROR")).count());
    assertEquals(
        "WARNING 2 of 12 images are left out: they or their masks cannot be read"
            + " (skip-unreadable)",
        lenient.get(2));
    assertEquals(3, lenient.size());
  }

  @Test
  void anomalousAllOverIsCounted() {
    miniature.photo("t/9.png", SIDE, SIDE, 99);
    Image whole =
        new Image(
            "t/9.png",
            "a",
            Split.TEST,
            "dent",
            Label.ANOMALOUS,
            PixelTruth.ALL_ANOMALOUS,
            List.of());
    images.add(whole);
    String line =
        "1 of 1 anomalous test images have no mask and count as anomalous all over, as UniAS and"
            + " UniAD have it";
    assertEquals(List.of("WARNING category 'a': " + line), check());
    assertEquals(line, service.checkMasks(root, images, List.of(0), 1_000_000).get(0).toString());
  }
}
