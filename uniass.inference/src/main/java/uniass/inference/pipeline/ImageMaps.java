package uniass.inference.pipeline;

import ai.djl.Device;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import uniass.api.UniassException;
import uniass.api.data.Feed;
import uniass.api.data.Image;
import uniass.api.data.Images;
import uniass.api.network.AnomalyNetwork;
import uniass.inference.Services;
import uniass.inference.experiment.ExperimentSpec.DatasetSpec;
import uniass.inference.pipeline.MapStream.Mapped;

/**
 * The anomaly maps of a data set's images: at the model's size, or, where the experiment cuts
 * images into tiles, put together from these at the images' own size. Masks have the maps' size.
 */
public final class ImageMaps {

  private final Services services;
  private final DatasetSpec dataset;

  /** Computes the maps of images of a data set. */
  public ImageMaps(Services services, DatasetSpec dataset) {
    this.services = services;
    this.dataset = dataset;
  }

  /**
   * Computes maps. Beside what {@link MapStream} holds, tiles take one map of an image's size.
   *
   * @param batch images, or tiles, of one forward pass
   * @param masks whether masks are wanted
   * @param stop asked before each batch; a cause ends the work
   * @param consumer called for each image in its order, in one other thread
   * @param after called with the number of images done, after each batch
   * @return the cause, if it was stopped
   */
  public Optional<String> run(
      AnomalyNetwork network,
      Device device,
      List<Image> images,
      int batch,
      boolean masks,
      Supplier<Optional<String>> stop,
      Consumer<Mapped> consumer,
      Consumer<Integer> after) {
    boolean tiled = dataset.tiling().isPresent();
    Feed feed =
        services
            .images()
            .sequence(
                dataset.root(),
                parts(images),
                dataset.feed(network.normalization(), batch, masks && !tiled));
    Consumer<Mapped> whole =
        tiled ? new TileJoiner(consumer, masks ? this::mask : (p, h, w) -> null) : consumer;
    return new MapStream(services.engine(), device, network).run(feed, stop, whole, after);
  }

  /** The tiles of images, or the images themselves where the experiment cuts none. */
  public List<Image> parts(List<Image> images) {
    return dataset
        .tiling()
        .map(
            tiling ->
                services
                    .images()
                    .tiles(
                        dataset.root(),
                        images,
                        tiling,
                        dataset.format().maximumPixels(),
                        dataset.skipUnreadable()))
        .orElse(images);
  }

  /**
   * An image's mask in its own size.
   *
   * @return height x width, 1 where anomalous; null where nothing is known
   */
  public byte[] mask(Image image, int height, int width) {
    Images.Mask mask = services.images().mask(dataset.root(), image, dataset.format(), true);
    if (mask == null) {
      return null;
    }
    if (mask.height() != height || mask.width() != width) {
      throw new UniassException(
          String.format(
              Locale.ROOT,
              "%s: is %d x %d pixels (width x height), but its mask is %d x %d",
              image.path(),
              width,
              height,
              mask.width(),
              mask.height()));
    }
    return mask.values();
  }
}
