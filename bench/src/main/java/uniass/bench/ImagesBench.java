/* SPDX-License-Identifier: Apache-2.0 */
package uniass.bench;

import com.sun.management.OperatingSystemMXBean;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import uniass.api.data.Batch;
import uniass.api.data.BatchOptions;
import uniass.api.data.DataLoader;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Normalization;
import uniass.api.data.Split;
import uniass.datasets.images.ImagesComponent;

/**
 * Images a second, from files to normalized tensors of 224 x 224: cold (empty cache) and warm,
 * beside Pillow doing the same in the same run, alternating.
 *
 * <pre>
 * COUNT SIDE ROUNDS PYTHON    such as 100 1024 3 python3; that Python needs pillow and numpy
 * </pre>
 *
 * Since other work on the machine disturbs the clock, images a second of processor time stand
 * beside images a second of the clock.
 */
public final class ImagesBench {

  private static final int SIZE = 224;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ImagesBench() {}

  /** Seconds of the clock and of the processor. */
  private record Time(double clock, double cpu) {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    int side = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    Path folder = Files.createTempDirectory("uniass-images");
    try {
      System.out.println("format,threads,who,images_per_s,images_per_cpu_s");
      for (String suffix : List.of(".png", ".jpg")) {
        draw(folder, suffix, count, side);
        for (int threads : new int[] {1, 2}) {
          measure(folder, suffix, count, threads, rounds, arguments[3]);
        }
      }
    } finally {
      delete(folder);
    }
  }

  private static void measure(
      Path folder, String suffix, int count, int threads, int rounds, String python)
      throws IOException, InterruptedException {
    List<Time> cold = new ArrayList<>();
    List<Time> warm = new ArrayList<>();
    List<Time> off = new ArrayList<>();
    List<Time> pillow = new ArrayList<>();
    ours(null, folder, suffix, threads, count); // once for the compiler
    for (int round = 0; round < rounds; round++) {
      Path cache = Files.createTempDirectory(folder, "cache");
      cold.add(ours(cache, folder, suffix, threads, count));
      warm.add(ours(cache, folder, suffix, threads, count));
      off.add(ours(null, folder, suffix, threads, count));
      pillow.add(pillow(folder, suffix, threads, python));
      delete(cache);
    }
    print(suffix, threads, "cold", count, cold);
    print(suffix, threads, "cold, cache off", count, off);
    print(suffix, threads, "warm", count, warm);
    print(suffix, threads, "pillow", count, pillow);
  }

  private static void print(String suffix, int threads, String who, int count, List<Time> times) {
    times.sort(Comparator.comparingDouble(Time::clock));
    double clock = times.get(times.size() / 2).clock;
    times.sort(Comparator.comparingDouble(Time::cpu));
    double cpu = times.get(times.size() / 2).cpu;
    System.out.printf(
        Locale.ROOT,
        "%s,%d,%s,%.1f,%.1f%n",
        suffix.substring(1),
        threads,
        who,
        count / clock,
        count / cpu);
  }

  private static Time ours(Path cache, Path folder, String suffix, int threads, int count) {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(Image.normal(i + suffix, "bench", Split.TRAIN));
    }
    BatchOptions options =
        new BatchOptions(ImageFormat.of(SIZE, SIZE), Normalization.IMAGENET, 16, false, false);
    ImagesComponent service = new ImagesComponent(cache, 4L << 30, threads);
    long clock = System.nanoTime();
    long cpu = PROCESS.getProcessCpuTime();
    try (DataLoader feed = service.sequence(folder, images, options)) {
      for (Batch batch = feed.next(); batch != null; batch = feed.next()) {
        batch.close();
      }
    }
    Time time =
        new Time((System.nanoTime() - clock) / 1e9, (PROCESS.getProcessCpuTime() - cpu) / 1e9);
    service.close();
    return time;
  }

  private static Time pillow(Path folder, String suffix, int threads, String python)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                python,
                "bench/images_peer.py",
                folder.toString(),
                suffix,
                Integer.toString(SIZE),
                Integer.toString(threads))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = new String(process.getInputStream().readAllBytes(), "US-ASCII").strip();
    if (process.waitFor() != 0) {
      throw new IOException("the peer failed: " + line);
    }
    double[] seconds = Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    return new Time(seconds[0], seconds[1]);
  }

  /** Draws what compresses like photographs: soft shapes, texture and the noise of a sensor. */
  private static void draw(Path folder, String suffix, int count, int side) throws IOException {
    for (int i = 0; i < count; i++) {
      Random random = new Random(i);
      double[] waves = random.doubles(12, 0.002, 0.05).toArray();
      BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          int rgb = 0;
          double noise = random.nextGaussian() * 2;
          for (int c = 0; c < 3; c++) {
            double value =
                128
                    + 50 * Math.sin(x * waves[4 * c] + y * waves[4 * c + 1])
                    + 40 * Math.sin(x * waves[4 * c + 2] - y * waves[4 * c + 3])
                    + noise;
            rgb = rgb << 8 | (int) Math.max(0, Math.min(255, value));
          }
          image.setRGB(x, y, rgb);
        }
      }
      write(image, suffix, folder.resolve(i + suffix));
    }
  }

  private static void write(BufferedImage image, String suffix, Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersBySuffix(suffix.substring(1)).next();
    try (OutputStream bytes = Files.newOutputStream(file);
        ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (suffix.equals(".jpg")) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(0.92f);
      }
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
