/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uniass.api.data.ImageFormat;
import uniass.api.data.Normalization;
import uniass.api.data.Pixels;
import uniass.api.data.Resize;

/** Every byte that the reference's environment gave for three images and their masks. */
class ReferencePixelsTest {

  private static final int SIZE = 224;
  private static final long LIMIT = 10_000_000;

  private static final ImageFormat FORMAT = ImageFormat.of(1, 1).withMaximumPixels(LIMIT);

  private final ImageDecoder decoder = new ImageDecoder();

  private Pixels image(String file) {
    return decoder.image(Golden.file(file), file, FORMAT).pixels();
  }

  @ParameterizedTest
  @CsvSource({
    "rgb_w300_h200.png, 300, 200, 5beacfda00fd8894929fa7890dd7e69c6b1f4dc5d2816628a19e07039a852649",
    "gray_w1024_h1024.png, 1024, 1024, 807762f47c85fbcc4df457342389cfe8bc85480ea37f014b74c69a4cd4c4a528"
  })
  void pngDecodesAsOpenCvAndPillow(String file, int width, int height, String sha) {
    Pixels pixels = image(file);
    assertEquals(width, pixels.width());
    assertEquals(height, pixels.height());
    assertEquals(sha, Golden.sha256(ByteBuffer.wrap(pixels.rgb())));
  }

  @Test
  void jpegDecodesAsLibjpegTurbo() {
    assertArrayEquals(
        Golden.array("rgb_w64_h96_decoded_u8_hwc", 64 * 96 * 3), image("rgb_w64_h96.jpg").rgb());
  }

  @ParameterizedTest
  @CsvSource({
    "rgb_w300_h200.png, PIL_BILINEAR, pil_bilinear",
    "gray_w1024_h1024.png, PIL_BILINEAR, pil_bilinear",
    "rgb_w64_h96.jpg, PIL_BILINEAR, pil_bilinear",
    "rgb_w300_h200.png, AREA, cv2_area",
    "gray_w1024_h1024.png, AREA, cv2_area",
    "rgb_w64_h96.jpg, AREA, cv2_area",
    "rgb_w300_h200.png, LINEAR, cv2_linear",
    "gray_w1024_h1024.png, LINEAR, cv2_linear",
    "rgb_w64_h96.jpg, LINEAR, cv2_linear",
  })
  void resizesByteForByte(String file, Resize method, String array) {
    byte[] resized = Resizer.resize(image(file), SIZE, SIZE, method).rgb();
    String name = file.substring(0, file.length() - 4) + "_" + array + "_224_u8_hwc";
    assertSame(Golden.array(name, SIZE * SIZE * 3), resized);
  }

  /** Tells how far off, which assertArrayEquals does not. */
  private static void assertSame(byte[] expected, byte[] actual) {
    int largest = 0;
    int different = 0;
    for (int i = 0; i < expected.length; i++) {
      int distance = Math.abs((expected[i] & 0xFF) - (actual[i] & 0xFF));
      largest = Math.max(largest, distance);
      different += distance == 0 ? 0 : 1;
    }
    assertEquals(
        "0 bytes differ, by at most 0", different + " bytes differ, by at most " + largest);
  }

  @ParameterizedTest
  @CsvSource({
    "mask_w300_h200.png, rgb_w300_h200",
    "mask_antialiased_w1024_h1024.png, gray_w1024_h1024",
    "mask_w64_h96.png, rgb_w64_h96",
  })
  void masksResizeByPillowsNearest(String file, String name) {
    Gray mask = decoder.mask(Golden.file(file), file, FORMAT).gray();
    assertSame(
        Golden.array(name + "_mask_pil_nearest_224_u8", SIZE * SIZE),
        Resizer.nearest(mask, SIZE, SIZE).values());
  }

  @ParameterizedTest
  @CsvSource({
    "rgb_w300_h200.png, 19e05a4694a0be843a2eab91e9c7959aea2a12d460d2fc8e9271370f032659aa",
    "gray_w1024_h1024.png, ec65cf9111204ba05390deab41506ebc46cdb0658dc3b5b2e1a18e154ac9e083",
    "rgb_w64_h96.jpg, 8f6766b5a67c401f77519e643c46e35e557b6d4884349057996990a7d24b2b67"
  })
  void normalizesToTheLastBit(String file, String sha) {
    Pixels pixels = Resizer.resize(image(file), SIZE, SIZE, Resize.PIL_BILINEAR);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(SIZE * SIZE * 3 * 4).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer target = bytes.asFloatBuffer();
    new Normalizer(Normalization.IMAGENET).write(pixels, target, 0);
    assertEquals(sha, Golden.sha256(bytes));
  }
}
