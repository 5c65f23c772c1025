/* SPDX-License-Identifier: Apache-2.0 */
package uniass.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import uniass.api.data.AnomalyMap;
import uniass.api.data.Image;
import uniass.api.data.Mask;
import uniass.api.data.Split;
import uniass.api.metric.EvaluationProtocol;
import uniass.api.metric.Metric;
import uniass.api.metric.ScoredImage;
import uniass.api.metric.Scores;
import uniass.api.metric.ScoringOptions;
import uniass.api.metric.ScoringRun;
import uniass.api.plugin.Configured;
import uniass.api.plugin.Settings;
import uniass.metrics.Aupro;
import uniass.metrics.PixelAp;
import uniass.metrics.PixelAuroc;
import uniass.metrics.PixelF1Max;
import uniass.metrics.engine.ScoringEngine;
import uniass.metrics.storage.FloatKeys;
import uniass.metrics.storage.Radix;

/**
 * Time of the pixel metrics.
 *
 * <pre>
 * scale LARGEST MEMORY     pixels from 10^6 to 10^LARGEST, memory limit in MiB
 * file MAPS MASKS RUNS     stacks (N,H,W) written by NumPy: float32 maps, uint8 masks of 0 and 1
 * limit                    what a sort and a copy take on this machine
 * </pre>
 */
public final class MetricsBench {

  private static final int SIDE = 224;
  private static final int THREADS = 2;
  private static final float LOWEST = 0.005f;
  private static final String EVERYTHING = "auroc+ap+f1max+aupro";
  private static final ThreadMXBean THREADS_TIME = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private MetricsBench() {}

  /** Runs one of the benchmarks. */
  public static void main(String[] arguments) throws IOException {
    switch (arguments.length == 0 ? "" : arguments[0]) {
      case "scale" -> scale(Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
      case "file" ->
          file(Path.of(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
      case "limit" -> limit();
      default -> throw new IllegalArgumentException("scale | file | limit");
    }
  }

  private static void scale(int largest, long mebibytes) {
    System.out.println("pixels,metrics,add_ns,result_ns,ns_per_px,seconds,cpu_ns_per_px");
    measure(1_000_000, mebibytes, EVERYTHING);
    measure(1_000_000, mebibytes, EVERYTHING);
    for (int exponent = 6; exponent <= largest; exponent++) {
      long pixels = Math.round(Math.pow(10, exponent));
      for (String what : new String[] {"auroc+ap+f1max", EVERYTHING}) {
        double[] times = measure(pixels, mebibytes, what);
        System.out.printf(
            Locale.ROOT,
            "1e%d,%s,%.2f,%.2f,%.2f,%.3f,%.2f%n",
            exponent,
            what,
            times[0] / pixels,
            times[1] / pixels,
            (times[0] + times[1]) / pixels,
            (times[0] + times[1]) / 1e9,
            times[2] / pixels);
      }
    }
  }

  /**
   * Nanoseconds of adding and of computing, and of both on all processors, which tells more on a
   * busy machine; making the images does not count.
   */
  private static double[] measure(long pixels, long mebibytes, String what) {
    int n = (int) Math.max(1, (pixels + SIDE * SIDE - 1) / (SIDE * SIDE));
    List<Image> images = announce(n);
    SplittableRandom random = new SplittableRandom(n);
    ScoringOptions options = options(mebibytes << 20);
    float[] map = new float[SIDE * SIDE];
    byte[] mask = new byte[SIDE * SIDE];
    long adding = 0;
    long cpu = 0;
    try (ScoringRun run = new ScoringEngine(null).open(metrics(what), images, options)) {
      for (Image image : images) {
        boolean anomalous = draw(random, map, mask);
        ScoredImage scored =
            new ScoredImage(
                image.path(),
                "things",
                "",
                anomalous,
                new AnomalyMap(SIDE, SIDE, map),
                Optional.of(new Mask(SIDE, SIDE, mask)));
        long cpuStart = THREADS_TIME.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        run.add(scored);
        adding += System.nanoTime() - start;
        cpu += THREADS_TIME.getCurrentThreadCpuTime() - cpuStart;
      }
      long cpuStart = PROCESS.getProcessCpuTime();
      long start = System.nanoTime();
      Scores scores = run.result();
      long computing = System.nanoTime() - start;
      cpu += PROCESS.getProcessCpuTime() - cpuStart;
      if (!scores.categories().get(0).values().values().stream().allMatch(v -> v.defined())) {
        throw new IllegalStateException("no figure");
      }
      return new double[] {adding, computing, cpu};
    }
  }

  /** Distinct scores, most of them low; in two of three images one rectangle that is higher. */
  private static boolean draw(SplittableRandom random, float[] map, byte[] mask) {
    Arrays.fill(mask, (byte) 0);
    boolean anomalous = random.nextInt(3) > 0;
    int top = random.nextInt(SIDE - 40);
    int left = random.nextInt(SIDE - 40);
    int height = 8 + random.nextInt(32);
    int width = 8 + random.nextInt(32);
    for (int i = 0; i < map.length; i++) {
      float u = (random.nextInt() >>> 8) * 0x1p-24f;
      map[i] = u * u * 0.7f;
    }
    if (anomalous) {
      for (int y = top; y < top + height; y++) {
        for (int x = left; x < left + width; x++) {
          mask[y * SIDE + x] = 1;
          map[y * SIDE + x] += 0.6f * (random.nextInt() >>> 8) * 0x1p-24f;
        }
      }
    }
    return anomalous;
  }

  private static void file(Path mapsFile, Path masksFile, int runs) throws IOException {
    ByteBuffer maps = array(mapsFile);
    ByteBuffer masks = array(masksFile);
    int n = masks.remaining() / (SIDE * SIDE);
    List<Image> images = announce(n);
    List<ScoredImage> scored = new ArrayList<>();
    for (Image image : images) {
      float[] map = new float[SIDE * SIDE];
      byte[] mask = new byte[SIDE * SIDE];
      maps.asFloatBuffer().get(map);
      maps.position(maps.position() + map.length * Float.BYTES);
      masks.get(mask);
      scored.add(
          new ScoredImage(
              image.path(),
              "things",
              "",
              anomalous(mask),
              new AnomalyMap(SIDE, SIDE, map),
              Optional.of(new Mask(SIDE, SIDE, mask))));
    }
    System.out.println("run,metrics,seconds,cpu,pixel-auroc,pixel-ap,pixel-f1-max,aupro");
    for (int run = 0; run < runs; run++) {
      for (String what : new String[] {"auroc+ap+f1max", "aupro"}) {
        long cpu = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        Scores scores = evaluate(images, scored, what);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            Locale.ROOT,
            "%d,%s,%.4f,%.4f,%s,%s,%s,%s%n",
            run,
            what,
            seconds,
            (PROCESS.getProcessCpuTime() - cpu) / 1e9,
            scores.mean("pixel-auroc"),
            scores.mean("pixel-ap"),
            scores.mean("pixel-f1-max"),
            scores.mean("aupro"));
      }
    }
  }

  private static Scores evaluate(List<Image> images, List<ScoredImage> scored, String what) {
    try (ScoringRun run = new ScoringEngine(null).open(metrics(what), images, options(1L << 30))) {
      scored.forEach(run::add);
      return run.result();
    }
  }

  private static void limit() {
    int n = 10_000_000;
    int[] keys = new int[n];
    int[] other = new int[n];
    int base = FloatKeys.of(LOWEST);
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(FloatKeys.of(1.3f) - base);
    double copy = Double.MAX_VALUE;
    double[] sorts = new double[3];
    Arrays.fill(sorts, Double.MAX_VALUE);
    for (int run = 0; run < 7; run++) {
      SplittableRandom random = new SplittableRandom(run);
      for (int i = 0; i < n; i++) {
        float u = (random.nextInt() >>> 8) * 0x1p-24f;
        keys[i] = FloatKeys.of(Math.max(LOWEST, u * u * 0.7f)) - base;
      }
      long start = THREADS_TIME.getCurrentThreadCpuTime();
      System.arraycopy(keys, 0, other, 0, n);
      copy = Math.min(copy, THREADS_TIME.getCurrentThreadCpuTime() - start);
      sorts[0] = Math.min(sorts[0], sort(keys, 1 << 18, Integer.SIZE));
      sorts[1] = Math.min(sorts[1], sort(keys, 1 << 18, bits));
      sorts[2] = Math.min(sorts[2], sort(keys, n, bits));
    }
    System.out.println("one thread,cpu_ns_per_key");
    System.out.printf(Locale.ROOT, "copy of 1e7 keys,%.2f%n", copy / n);
    System.out.printf(
        Locale.ROOT, "radix sort of 32 bits in blocks of 262144,%.2f%n", sorts[0] / n);
    System.out.printf(
        Locale.ROOT, "radix sort of %d bits in blocks of 262144,%.2f%n", bits, sorts[1] / n);
    System.out.printf(Locale.ROOT, "radix sort of %d bits at once,%.2f%n", bits, sorts[2] / n);
  }

  /** Nanoseconds of processor time for sorting all keys block by block, copying included. */
  private static double sort(int[] keys, int block, int bits) {
    int[] piece = new int[block];
    int[] spare = new int[block];
    Radix radix = new Radix();
    long start = THREADS_TIME.getCurrentThreadCpuTime();
    for (int at = 0; at < keys.length; at += block) {
      int n = Math.min(block, keys.length - at);
      System.arraycopy(keys, at, piece, 0, n);
      radix.sort(piece, spare, n, bits);
    }
    return THREADS_TIME.getCurrentThreadCpuTime() - start;
  }

  private static List<Image> announce(int n) {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      images.add(Image.normal("things/test/" + i + ".png", "things", Split.TEST));
    }
    return images;
  }

  private static List<Configured<Metric>> metrics(String what) {
    List<Configured<Metric>> metrics = new ArrayList<>();
    if (what.startsWith("auroc")) {
      metrics.add(configured("pixel-auroc", new PixelAuroc()));
      metrics.add(configured("pixel-ap", new PixelAp()));
      metrics.add(configured("pixel-f1-max", new PixelF1Max()));
    }
    if (what.endsWith("aupro")) {
      metrics.add(configured("aupro", new Aupro()));
    }
    return metrics;
  }

  private static Configured<Metric> configured(String name, Metric metric) {
    return new Configured<>(name, metric, Settings.defaults(metric));
  }

  private static ScoringOptions options(long memory) {
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
    return new ScoringOptions(EvaluationProtocol.UNIASS, false, false, memory, scratch, THREADS);
  }

  private static boolean anomalous(byte[] mask) {
    for (byte b : mask) {
      if (b != 0) {
        return true;
      }
    }
    return false;
  }

  /** The values of a file in NumPy's format 1.0. */
  private static ByteBuffer array(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      bytes.order(ByteOrder.LITTLE_ENDIAN).position(10 + bytes.getShort(8));
      return bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
