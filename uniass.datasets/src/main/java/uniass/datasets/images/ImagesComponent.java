/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.images;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.Problem;
import uniass.api.Progress;
import uniass.api.UniassException;
import uniass.api.data.BatchOptions;
import uniass.api.data.DataLoader;
import uniass.api.data.Dataset;
import uniass.api.data.Epoch;
import uniass.api.data.Image;
import uniass.api.data.ImageFormat;
import uniass.api.data.Images;
import uniass.api.data.Mask;
import uniass.api.data.Normalization;
import uniass.api.data.Pixels;
import uniass.api.data.Tiling;
import uniass.datasets.cache.Cache;
import uniass.datasets.cache.DiskCache;
import uniass.datasets.pixels.ImageDecoder;
import uniass.datasets.pixels.Normalizer;
import uniass.datasets.pixels.Size;
import uniass.io.BufferPool;

/**
 * The images service. Its cache is keyed by the files' places and states and by what was made of
 * them, so that it never has to be cleared; deleting its folder is safe at any time.
 */
@Component(service = Images.class, configurationPid = "uniass.images")
@Designate(ocd = ImagesConfig.class)
public final class ImagesComponent implements Images {

  private static final Logger LOG = LoggerFactory.getLogger(ImagesComponent.class);

  private final ImageDecoder decoder = new ImageDecoder();
  private final Map<Normalization, Normalizer> normalizers = new ConcurrentHashMap<>();
  private final BufferPool buffers = new BufferPool();
  private final Cache cache;
  private final Loader loader;
  private final int threadCount;
  private final ExecutorService threads;

  /** Opens the cache and starts the decoding threads. */
  @Activate
  public ImagesComponent(BundleContext context, ImagesConfig config) {
    this(
        CacheFolder.choose(config.cache_folder(), context.getProperty("uniass.cache")),
        config.cache_megabytes() << 20,
        config.threads());
  }

  /**
   * For programs without a framework.
   *
   * @param cacheFolder null for no cache
   * @param cacheBytes its limit
   * @param threadCount threads that decode; 0 is one a processor
   */
  public ImagesComponent(Path cacheFolder, long cacheBytes, int threadCount) {
    // Images are decoded, never shown: a display that does not answer must not matter.
    System.getProperties().putIfAbsent("java.awt.headless", "true");
    this.cache = cacheFolder == null ? Cache.OFF : DiskCache.open(cacheFolder, cacheBytes);
    this.loader = new Loader(decoder, cache);
    this.threadCount = threadCount > 0 ? threadCount : Runtime.getRuntime().availableProcessors();
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            this.threadCount,
            task -> {
              Thread thread = new Thread(task, "uniass-images-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Ends the decoding threads and closes the cache. */
  @Deactivate
  public void close() {
    threads.shutdownNow();
    cache.close();
  }

  @Override
  public List<Problem> check(
      Dataset dataset,
      ImageFormat format,
      Optional<Tiling> tiling,
      boolean skipUnreadable,
      Progress progress) {
    ModelView view =
        tiling.isPresent()
            ? new TiledView(loader, dataset.root(), format, tiling.get())
            : new WholeView(loader, dataset.root(), format);
    return new Checker(view, threads, threadCount, dataset, format).run(skipUnreadable, progress);
  }

  @Override
  public List<Problem> checkMasks(
      Path root, List<Image> images, List<Integer> thresholds, long maximumPixels) {
    return new MaskSurvey(loader, threads).of(root, images, thresholds, maximumPixels);
  }

  @Override
  public DataLoader epoch(Path root, List<Image> images, BatchOptions options, Epoch epoch) {
    boolean square = options.format().height() == options.format().width();
    int[] order = EpochOrder.of(images, epoch.seed(), epoch.number(), epoch.balanced());
    return load(
        root,
        new BatchOrder(
            List.copyOf(images),
            order,
            (position, image) ->
                Augmenter.draw(
                    epoch.augmentation(),
                    image.category(),
                    square,
                    ImageSeeds.at(epoch.seed(), epoch.number(), position))),
        options);
  }

  @Override
  public DataLoader sequence(Path root, List<Image> images, BatchOptions options) {
    int[] order = new int[images.size()];
    Arrays.setAll(order, i -> i);
    return load(root, new BatchOrder(List.copyOf(images), order, (at, image) -> null), options);
  }

  @Override
  public List<Image> tiles(
      Path root, List<Image> images, Tiling tiling, long maximumPixels, boolean skipUnreadable) {
    List<Future<Size>> sizes = new ArrayList<>();
    for (Image image : images) {
      sizes.add(threads.submit(() -> loader.size(root, image.path(), maximumPixels)));
    }
    List<Image> tiles = new ArrayList<>();
    try {
      for (int i = 0; i < sizes.size(); i++) {
        Image image = images.get(i);
        try {
          Size size = await(sizes.get(i));
          tiling
              .tiles(size.height(), size.width())
              .forEach(tile -> tiles.add(image.withTile(tile)));
        } catch (UniassException e) {
          if (!skipUnreadable) {
            throw e;
          }
          LOG.warn("left out: {}", e.getMessage());
        }
      }
    } finally {
      sizes.forEach(size -> size.cancel(false));
    }
    return tiles;
  }

  private static Size await(Future<Size> size) {
    try {
      return size.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UniassException bad) {
        throw new UniassException(bad.getMessage(), bad);
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UniassException("interrupted", e);
    }
  }

  private DataLoader load(Path root, BatchOrder plan, BatchOptions options) {
    return new BatchFeed(
        new BatchFeed.Decoding(loader, threads, threadCount, buffers), root, plan, options);
  }

  @Override
  public int usedBits(Path root, List<Image> images, ImageFormat format) {
    return new UsedBits(decoder, threads).of(root, images, format);
  }

  @Override
  public Pixels decode(Path file, ImageFormat format) {
    String name = file.toString();
    byte[] bytes = decoder.read(file, name, format.maximumPixels());
    return decode(name, bytes, format);
  }

  @Override
  public Pixels decode(String name, byte[] file, ImageFormat format) {
    return decoder.image(file, name, format).pixels();
  }

  @Override
  public Pixels resize(Pixels pixels, ImageFormat format) {
    return Loader.resize(pixels, format, "the image");
  }

  @Override
  public void normalize(
      Pixels pixels, Normalization normalization, FloatBuffer target, int offset) {
    normalizers.computeIfAbsent(normalization, Normalizer::new).write(pixels, target, offset);
  }

  @Override
  public Optional<Mask> mask(Path root, Image image, ImageFormat format, boolean ownSize) {
    MaskLoader masks = new MaskLoader(loader);
    return Optional.ofNullable(
        ownSize ? masks.ownSizeMask(root, image, format) : masks.mask(root, image, format, null));
  }
}
