/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.UniassException;
import uniass.api.data.ImageFormat;
import uniass.api.data.Pixels;

/**
 * Files of every kind, written and decoded by Pillow and OpenCV ({@code
 * src/test/python/variants.py}), and what is left of them when they are damaged.
 */
class VariantsTest {

  private static final long LIMIT = 1_000_000;

  private static final ImageFormat FORMAT = ImageFormat.of(1, 1).withMaximumPixels(LIMIT);

  private final ImageDecoder decoder = new ImageDecoder();

  private static List<String[]> expected() {
    String table = new String(Golden.file("variants/expected.csv"), StandardCharsets.UTF_8);
    return table.lines().skip(1).map(line -> line.split(",")).toList();
  }

  private static byte[] file(String name) {
    return Golden.file("variants/" + name);
  }

  @Test
  void everyKindDecodesAsPillowAndOpenCv() {
    List<String> different = new ArrayList<>();
    for (String[] row : expected()) {
      Pixels pixels = decoder.image(file(row[0]), row[0], FORMAT).pixels();
      String sha = Golden.sha256(ByteBuffer.wrap(pixels.rgb()));
      if (!row[1].equals("" + pixels.height())
          || !row[2].equals("" + pixels.width())
          || !row[3].equals(sha)) {
        different.add(row[0]);
      }
      Size size = decoder.size(file(row[0]), row[0], LIMIT);
      assertEquals(new Size(pixels.height(), pixels.width()), size, row[0]);
    }
    assertEquals(List.of(), different);
    assertTrue(expected().size() > 55);
  }

  private String refused(byte[] bytes) {
    String line =
        assertThrows(UniassException.class, () -> decoder.image(bytes, "x", FORMAT).pixels())
            .getMessage();
    assertEquals(1, line.lines().count(), line);
    return line;
  }

  @Test
  void whatCannotBeReadRightIsRefusedWithTheReason() {
    assertTrue(refused(file("refused-float.tif")).contains("neither 8 nor 16 bits"));
    assertTrue(refused(file("refused-lossy.webp")).contains("a lossy WebP"));
    assertEquals(
        "x: not an image; PNG, JPEG, BMP, TIFF, GIF and lossless WebP are read",
        refused("no image at all".getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        "x: not an image but a web page; the download failed or wants a login, fetch the file anew",
        refused("\n<!DOCTYPE html><html>".getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        "x: not an image but a Git LFS pointer; fetch the file itself with 'git lfs pull'",
        refused("version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        "x: not an image but a PDF document; save what it shows as PNG or JPEG",
        refused("%PDF-1.7\n".getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        "x: not an image but a HEIC, AVIF or video file; convert it to PNG or JPEG",
        refused("\0\0\0\30ftypheic".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void truncatedFilesAreRefused() {
    List<String> accepted = new ArrayList<>();
    for (String[] row : expected()) {
      byte[] whole = file(row[0]);
      for (int percent : new int[] {1, 20, 60, 90}) {
        byte[] cut = Arrays.copyOf(whole, Math.max(1, whole.length * percent / 100));
        try {
          decoder.image(cut, "x", FORMAT).pixels();
          accepted.add(row[0] + " " + percent);
        } catch (UniassException e) {
          assertEquals(1, e.getMessage().lines().count(), e.getMessage());
        }
      }
    }
    assertEquals(List.of(), accepted);
  }

  @Test
  void damagedFilesNeverDoAnythingElse() {
    Random random = new Random(11);
    for (String[] row : expected()) {
      byte[] whole = file(row[0]);
      for (int round = 0; round < 40; round++) {
        byte[] damaged = whole.clone();
        for (int i = 0; i <= random.nextInt(4); i++) {
          damaged[random.nextInt(round < 20 ? Math.min(100, damaged.length) : damaged.length)] =
              (byte) random.nextInt(256);
        }
        try {
          Pixels pixels = decoder.image(damaged, "x", FORMAT).pixels();
          assertTrue((long) pixels.width() * pixels.height() <= LIMIT);
        } catch (UniassException e) {
          assertEquals(1, e.getMessage().lines().count(), e.getMessage());
        }
      }
    }
  }

  @Test
  void aFlippedBitInAPngIsNoticed() {
    byte[] png = file("rgb.png");
    png[png.length / 2] ^= 4;
    assertTrue(refused(png).contains("wrong checksum"));
  }

  private static byte[] hugePng(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).array();
    chunk(out, "IHDR", header);
    Deflater deflater = new Deflater();
    deflater.setInput(new byte[1000]);
    deflater.finish();
    byte[] packed = new byte[100];
    chunk(out, "IDAT", Arrays.copyOf(packed, deflater.deflate(packed)));
    deflater.end();
    chunk(out, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    byte[] typed =
        (type + new String(data, StandardCharsets.ISO_8859_1))
            .getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(typed);
    out.writeInt(data.length);
    out.write(typed);
    out.writeInt((int) crc.getValue());
  }

  @Test
  void aHeaderThatClaimsTooMuchIsRefusedBeforeDecoding() throws IOException {
    byte[] jpeg = file("rgb-444.jpg");
    for (int i = 0; i < jpeg.length - 8; i++) {
      if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xC0) {
        ByteBuffer.wrap(jpeg).putShort(i + 5, (short) 60_000).putShort(i + 7, (short) 60_000);
        break;
      }
    }
    byte[] bmp = file("rgb.bmp");
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 60_000).putInt(22, 60_000);
    byte[] gif = file("palette.gif");
    for (int i = 6; i < gif.length - 9; i++) {
      if (gif[i] == 0x2C && gif[i + 1] == 0 && gif[i + 5] == 37 && gif[i + 7] == 23) {
        ByteBuffer.wrap(gif)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort(i + 5, (short) 60_000)
            .putShort(i + 7, (short) 60_000);
        break;
      }
    }
    assertTrue(refused(bmp).contains("Invalid width/height"), "against the file's length");
    for (byte[] bytes : List.of(hugePng(60_000, 60_000), jpeg, gif)) {
      long before = Runtime.getRuntime().totalMemory();
      String line =
          assertThrows(
                  UniassException.class,
                  () -> decoder.image(bytes, "x", FORMAT.withMaximumPixels(200_000_000)))
              .getMessage();
      assertTrue(
          line.startsWith("x: the header claims 60000 x 60000 pixels, more than the limit of"),
          line);
      assertTrue(Runtime.getRuntime().totalMemory() - before < 500_000_000);
    }
  }

  @Test
  void memoryGrowsWithTheDataAndNotOnAHeadersWord() throws IOException {
    ImageFormat high = FORMAT.withMaximumPixels(1_000_000_000);
    byte[] png = hugePng(14_000, 14_000);
    byte[] jpeg = file("rgb-444.jpg");
    for (int i = 0; i < jpeg.length - 8; i++) {
      if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xC0) {
        ByteBuffer.wrap(jpeg).putShort(i + 5, (short) 14_000).putShort(i + 7, (short) 14_000);
        break;
      }
    }
    byte[] gif = file("palette.gif");
    for (int i = 6; i < gif.length - 9; i++) {
      if (gif[i] == 0x2C && gif[i + 1] == 0 && gif[i + 5] == 37 && gif[i + 7] == 23) {
        ByteBuffer.wrap(gif)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort(i + 5, (short) 14_000)
            .putShort(i + 7, (short) 14_000);
        break;
      }
    }
    for (byte[] bytes : List.of(png, jpeg, gif)) {
      String line =
          assertThrows(UniassException.class, () -> decoder.image(bytes, "x", high)).getMessage();
      assertTrue(
          line.contains(
              "the header claims 14000 x 14000 pixels, which a file of "
                  + bytes.length
                  + " bytes cannot hold"),
          line);
    }
    byte[] empty = blackPng(4000, 4000);
    assertTrue(empty.length < 60_000, "so few bytes can hold so many equal pixels");
    assertEquals(16_000_000, decoder.mask(empty, "x", high).values().length);
  }

  private static byte[] blackPng(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    javax.imageio.ImageIO.write(
        new java.awt.image.BufferedImage(
            width, height, java.awt.image.BufferedImage.TYPE_BYTE_GRAY),
        "png",
        bytes);
    return bytes.toByteArray();
  }

  @Test
  void filesThatAreNoneAreNamed(@TempDir Path folder) throws IOException {
    assertEquals(
        "x: it is a folder",
        assertThrows(UniassException.class, () -> decoder.read(folder, "x", LIMIT)).getMessage());
    Path large = folder.resolve("large.png");
    try (var file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(100_000_000);
    }
    assertEquals(
        "x: a file of 0.1 GB is not an image of at most 1.0 megapixels",
        assertThrows(UniassException.class, () -> decoder.read(large, "x", LIMIT)).getMessage());
    Files.delete(large);
    assertEquals(
        "x: the file is missing",
        assertThrows(UniassException.class, () -> decoder.read(large, "x", LIMIT)).getMessage());
  }

  @Test
  void masksNeverLoseWhatIsNotZero() throws IOException {
    byte[] deep = file("gray-16-bit.png");
    Gray mask = decoder.mask(deep, "x", FORMAT).gray();
    Pixels image = decoder.image(deep, "x", FORMAT).pixels();
    int kept = 0;
    for (int i = 0; i < mask.values().length; i++) {
      if (image.rgb()[3 * i] == 0 && mask.values()[i] != 0) {
        assertEquals(1, mask.values()[i]);
        kept++;
      }
    }
    assertTrue(kept > 0, "16-bit values from 1 to 255 stay above 0");
  }
}
