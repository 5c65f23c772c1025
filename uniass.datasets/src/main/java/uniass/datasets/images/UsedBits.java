/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import uniass.api.UniassException;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.datasets.pixels.ImageDecoder;
import uniass.datasets.pixels.Traits;

/** Finds out how many bits the samples of images use that have more than 8. */
final class UsedBits {

  private final ImageDecoder decoder;
  private final ExecutorService threads;

  UsedBits(ImageDecoder decoder, ExecutorService threads) {
    this.decoder = decoder;
    this.threads = threads;
  }

  int of(Path root, List<Image> images, ImageFormat format) {
    List<Future<Integer>> bits =
        images.stream()
            .map(Image::path)
            .distinct()
            .map(path -> threads.submit(() -> bits(root, path, format)))
            .toList();
    int most = bits.stream().mapToInt(UsedBits::await).max().orElse(0);
    return most == 0 ? ImageFormat.DEFAULT_DEPTH : even(most);
  }

  /** As many bits as cameras have: an even number, 8 at least. */
  static int even(int bits) {
    return Math.max(8, bits + bits % 2);
  }

  private int bits(Path root, String path, ImageFormat format) {
    try {
      byte[] file = decoder.read(root.resolve(path), path, format.maximumPixels());
      Traits traits = decoder.image(file, path, format).traits();
      return traits.bits() > 8 ? traits.usedBits() : 0;
    } catch (UniassException e) {
      return 0; // whoever needs the image says why it cannot be read
    }
  }

  private static int await(Future<Integer> bits) {
    try {
      return bits.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UniassException("interrupted", e);
    }
  }
}
