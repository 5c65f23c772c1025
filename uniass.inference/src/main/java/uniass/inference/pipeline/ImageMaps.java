package uniass.inference.pipeline;

import uniass.api.data.Mask;
import uniass.api.data.AnomalyMap;
import ai.djl.Device;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import uniass.api.UniassException;
import uniass.api.data.DataLoader;
import uniass.api.data.Image;
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
    boolean tiled = dataset.tiles().isPresent();
    DataLoader loader =
        services
            .images()
            .sequence(
                dataset.root(),
                parts(images),
                dataset.batches(network.normalization(), batch, masks && !tiled));
    Consumer<Mapped> whole =
        tiled ? new TileJoiner(consumer, masks ? this::mask : (image, map) -> Optional.empty()) : consumer;
    return new MapStream(services.engine(), device, network).run(loader, stop, whole, after);
  }

  /** The tiles of images, or the images themselves where the experiment cuts none. */
  public List<Image> parts(List<Image> images) {
    return dataset
        .tiles()
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
   * @return a mask of the map's size; empty if nothing is known about the pixels
   */
  public Optional<Mask> mask(Image image, AnomalyMap map) {
    Optional<Mask> found = services.images().mask(dataset.root(), image, dataset.format(), true);
    if (found.isPresent() && !found.get().fits(map)) {
      Mask mask = found.get();
      throw new UniassException(
          String.format(
              Locale.ROOT,
              "%s: is %d x %d pixels (width x height), but its mask is %d x %d",
              image.path(),
              map.width(),
              map.height(),
              mask.width(),
              mask.height()));
    }
    return found;
  }
}
